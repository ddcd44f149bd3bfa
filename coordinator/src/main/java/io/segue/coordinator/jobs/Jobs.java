package io.segue.coordinator.jobs;

import io.segue.protocol.config.yaml.Problem;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.view.FleetReport;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.PeerRestoreReportJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The jobs of a fleet, as any coordinator offers them. Every call may read or write the durable store and block for seconds;
 * it throws {@code StoreException} if the store does not answer. Used by many threads.
 */
public interface Jobs {
    /** Stores a job; the leader plans and runs it. */
    Submission submit(JobSubmission submission);

    /**
     * Jobs that were submitted, newest first, without the lines of their logs.
     *
     * @param most of them; positive
     */
    List<JobView> list(int most);

    Optional<JobView> find(String jobId);

    /** Stores a command; the leader carries it out. */
    CommandReply command(String jobId, JobCommand command);

    /**
     * Restores into a cluster that have a mapping, newest first, without the lines of their logs.
     *
     * @param topics of the target, at least one of them; empty: any
     * @param most of them; positive
     */
    List<JobView> restored(String targetClusterId, Set<String> topics, int most);

    /** The merged mapping of a restore, once there is one, with all that a later reset needs. */
    Optional<MappingBundle> mapping(String jobId);

    /** The same in the peer's form of a report; empty for a scan, and for a restore whose backup is not there any more. */
    Optional<PeerRestoreReportJson.Report> restoreReport(String jobId);

    /**
     * Hands over every view of a job that is published from now on, on any thread; the consumer does not block. Views are
     * hints: one may be lost when leaders change, so that a follower also looks with {@link #find} now and then.
     */
    Following follow(String jobId, Consumer<JobView> views);

    FleetReport fleet();

    Readiness readiness();

    /** Until it is closed, views are handed over. */
    interface Following extends AutoCloseable {
        @Override
        void close();
    }

    /** What a submission came to. */
    sealed interface Submission {
        /** @param created false: the job was there already, under the same idempotency key and asking for the same */
        record Accepted(JobView view, boolean created) implements Submission {}

        /** The idempotency key belongs to a job that asks for something else. */
        record Conflict(String jobId) implements Submission {}

        /** There is no restore of this id that could be verified; nothing was stored. */
        record Unknown(String jobId) implements Submission {}

        /** The configuration cannot be used; nothing was stored. */
        record Refused(List<Problem> problems) implements Submission {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /** What a command came to. */
    sealed interface CommandReply {
        /** @param number of the command in the job's log, from 1: {@link JobView#commands} reaches it once it is seen to */
        record Stored(int number) implements CommandReply {}

        /** There is no such job. */
        record Unknown() implements CommandReply {}

        /** The job cannot take it as it stands; says why and what to do. */
        record Refused(String reason) implements CommandReply {}
    }

    /**
     * Whether the coordinator can do its work.
     *
     * @param joined it is a member of the cluster
     * @param store it reaches the durable store
     * @param leader it knows who leads
     */
    record Readiness(boolean joined, boolean store, boolean leader) {
        public boolean ready() {
            return joined && store && leader;
        }
    }
}
