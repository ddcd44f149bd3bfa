package io.segue.protocol.job.view;

import io.segue.protocol.job.JobState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fleet as one coordinator sees it.
 *
 * @param coordinatorId who answers
 * @param leader null while nobody is known to lead
 * @param workers by id
 */
public record FleetReport(
        int version, String coordinatorId, @Nullable Leader leader, List<Worker> workers, Activity activity) {
    /** Of this form. */
    public static final int VERSION = 1;

    public FleetReport {
        workers = List.copyOf(workers);
    }

    /** @param api base URL of its API */
    public record Leader(String coordinatorId, int epoch, String api) {}

    /**
     * A worker, from its heartbeats.
     *
     * @param reason why it is blind, in words that follow its name; null otherwise
     * @param slots attempts that it runs at most
     * @param running attempts that it runs
     * @param bytesPerSecond payload that it moved, over the last seconds
     * @param seenMillisAgo age of the newest heartbeat
     */
    public record Worker(
            String workerId,
            Condition condition,
            @Nullable String reason,
            int slots,
            int running,
            long bytesPerSecond,
            long seenMillisAgo) {}

    /** Whether a worker is given work. */
    public enum Condition {
        READY,
        /** It is leaving: it finishes or hands over what it runs. */
        DRAINING,
        /** It was not heard of for some seconds. */
        SUSPECT,
        /** It does not see the store of the jobs, as far as the leader knows. */
        BLIND
    }

    /**
     * What is done; for monitoring.
     *
     * @param jobs that the coordinator knows of, by state
     * @param tasks of the jobs that have not ended
     * @param records that reached targets since this coordinator started, as workers report them
     * @param bytes of payload, likewise
     * @param leaseExpiries that this coordinator decided while it led
     */
    public record Activity(
            Map<JobState, Integer> jobs, JobView.Tasks tasks, long records, long bytes, long leaseExpiries) {
        /** Nothing yet. */
        public static final Activity NONE = new Activity(Map.of(), new JobView.Tasks(0, 0, 0, 0), 0, 0, 0);

        public Activity {
            jobs = Map.copyOf(jobs);
        }

        public Activity withLeaseExpiries(long expiries) {
            return new Activity(jobs, tasks, records, bytes, expiries);
        }
    }
}
