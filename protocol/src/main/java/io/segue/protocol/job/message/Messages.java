package io.segue.protocol.job.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.protocol.job.JobJson;

/**
 * The messages and their addresses. They carry ids, never secrets or authority: a worker checks what it is told against
 * the task's durable log, the coordinator folds that log whatever it is told.
 */
public final class Messages {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = JobJson.mapper();

    private Messages() {}

    /**
     * Run this attempt of this task.
     *
     * @param page of the job's plan that holds the task
     */
    public record RunTask(int version, String jobId, String taskId, int page, int attempt) {
        public RunTask(String jobId, String taskId, int page, int attempt) {
            this(VERSION, jobId, taskId, page, attempt);
        }
    }

    /** The answer to {@link RunTask}: false if the worker has no free slot or is stopping. */
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

    /** Stop the tasks of this job at the next batch. */
    public record StopJob(int version, String jobId) {
        public StopJob(String jobId) {
            this(VERSION, jobId);
        }
    }

    /** Where a worker takes {@link RunTask}. */
    public static String runAddress(String workerId) {
        return "segue.worker." + workerId + ".run";
    }

    /** Where a worker takes {@link StopJob}. */
    public static String stopAddress(String workerId) {
        return "segue.worker." + workerId + ".stop";
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
