package io.segue.protocol.job.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.protocol.job.JobJson;
import java.util.List;
import java.util.Map;

/**
 * The messages and their addresses. They carry ids, never secrets or authority: a worker checks what it is told against
 * the task's durable log, the coordinator folds that log whatever it is told.
 */
public final class Messages {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = JobJson.mapper();

    private Messages() {}

    /** An attempt at a task of a job. */
    public record TaskRef(String jobId, String taskId, int attempt) {}

    /**
     * The coordinator of this epoch leads. Published every second; workers send their heartbeats to it, standbys watch it.
     *
     * @param api base URL of its API
     * @param leftOut ids of workers that get no orders though they are there, each with the reason; empty from older leaders
     */
    public record LeaderBeat(int version, int epoch, String coordinatorId, String api, Map<String, String> leftOut) {
        public LeaderBeat {
            leftOut = leftOut == null ? Map.of() : Map.copyOf(leftOut);
        }

        public LeaderBeat(int epoch, String coordinatorId, String api, Map<String, String> leftOut) {
            this(VERSION, epoch, coordinatorId, api, leftOut);
        }

        public LeaderBeat(int epoch, String coordinatorId, String api) {
            this(epoch, coordinatorId, api, Map.of());
        }
    }

    /**
     * A worker is there, every second; to the leader also: renew the leases of what runs.
     *
     * @param slots attempts that it runs at most
     * @param draining it takes no more orders and is about to leave
     */
    public record Heartbeat(
            int version, String workerId, int slots, boolean draining, List<TaskRef> running, Health health) {
        public Heartbeat {
            running = List.copyOf(running);
        }

        public Heartbeat(String workerId, int slots, boolean draining, List<TaskRef> running, Health health) {
            this(VERSION, workerId, slots, draining, running, health);
        }
    }

    /**
     * How a worker is.
     *
     * @param heapUsed bytes
     * @param heapMax bytes
     * @param bytesPerSecond payload that reached the target, over the last seconds
     * @param since epoch milliseconds of its start
     */
    public record Health(long heapUsed, long heapMax, long bytesPerSecond, long since) {}

    /** The leader's answer to a {@link Heartbeat}: everything that it lists is leased on, but for these. */
    public record Renewed(int version, int epoch, List<TaskRef> revoked) {
        public Renewed {
            revoked = List.copyOf(revoked);
        }

        public Renewed(int epoch, List<TaskRef> revoked) {
            this(VERSION, epoch, revoked);
        }
    }

    /**
     * Run this attempt of this task.
     *
     * @param epoch of the leader that orders it; a worker refuses one below the highest that it has seen
     * @param page of the job's plan that holds the task
     */
    public record RunTask(int version, int epoch, String jobId, String taskId, int page, int attempt) {
        public RunTask(int epoch, String jobId, String taskId, int page, int attempt) {
            this(VERSION, epoch, jobId, taskId, page, attempt);
        }

        public TaskRef ref() {
            return new TaskRef(jobId, taskId, attempt);
        }
    }

    /** The answer to {@link RunTask}: false if the worker has no free slot, is leaving, or knows a newer leader. */
    public record Accepted(int version, boolean accepted) {
        public Accepted(boolean accepted) {
            this(VERSION, accepted);
        }
    }

    /** The attempt has ended: its log says how. */
    public record TaskOver(int version, String jobId, String taskId, int attempt) {
        public TaskOver(String jobId, String taskId, int attempt) {
            this(VERSION, jobId, taskId, attempt);
        }
    }

    /** Records and payload bytes that reached the target since the last such message of the task. */
    public record TaskProgress(int version, String jobId, String taskId, long records, long bytes) {
        public TaskProgress(String jobId, String taskId, long records, long bytes) {
            this(VERSION, jobId, taskId, records, bytes);
        }
    }

    /** Stop the attempts of this job that run now, at the next batch. */
    public record StopJob(int version, int epoch, String jobId) {
        public StopJob(int epoch, String jobId) {
            this(VERSION, epoch, jobId);
        }
    }

    /** Something was stored that the leader should look at: a request or a command. */
    public record Wake(int version, String jobId) {
        public Wake(String jobId) {
            this(VERSION, jobId);
        }
    }

    /** The leader of this epoch steps down in good order: another may claim at once. */
    public record LeaderLeft(int version, int epoch) {
        public LeaderLeft(int epoch) {
            this(VERSION, epoch);
        }
    }

    /** Read this object of the store that holds the state of jobs; its key begins with {@link #PREFIX}. */
    public record SeeStore(int version, String key) {
        public static final String PREFIX = "probe/";

        public SeeStore(String key) {
            this(VERSION, key);
        }
    }

    /**
     * The answer to {@link SeeStore}.
     *
     * @param sha256 hex digest of the object; empty if the store has no such object
     */
    public record SeenStore(int version, String sha256) {
        public SeenStore(String sha256) {
            this(VERSION, sha256);
        }
    }

    /** Where {@link LeaderLeft} is published. */
    public static final String LEADER_LEFT = "segue.leader.left";

    /** Where {@link LeaderBeat} is published. */
    public static final String LEADER = "segue.leader";

    /** Where every {@link Heartbeat} is published, for those who look. */
    public static final String WORKERS = "segue.workers";

    /** Where {@link Wake} is published. */
    public static final String WAKE = "segue.wake";

    /** Where views of jobs are published, for those who follow them. */
    public static final String JOBS = "segue.jobs";

    /** Where a leader takes {@link Heartbeat} and answers {@link Renewed}. */
    public static String heartbeatAddress(String coordinatorId) {
        return "segue.coordinator." + coordinatorId + ".heartbeat";
    }

    /** Where a worker takes {@link RunTask}. */
    public static String runAddress(String workerId) {
        return "segue.worker." + workerId + ".run";
    }

    /** Where a worker takes {@link StopJob}. */
    public static String stopAddress(String workerId) {
        return "segue.worker." + workerId + ".stop";
    }

    /** Where a worker takes {@link SeeStore}. */
    public static String seeAddress(String workerId) {
        return "segue.worker." + workerId + ".see";
    }

    /** Where {@link TaskOver} goes. */
    public static String overAddress(String jobId) {
        return "segue.job." + jobId + ".over";
    }

    /** Where {@link TaskProgress} goes. */
    public static String progressAddress(String jobId) {
        return "segue.job." + jobId + ".progress";
    }

    public static String write(Object message) {
        try {
            return JSON.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("message " + message.getClass().getSimpleName() + " cannot be written", e);
        }
    }

    /** @throws IllegalArgumentException if the text is no such message */
    public static <T> T read(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }
}
