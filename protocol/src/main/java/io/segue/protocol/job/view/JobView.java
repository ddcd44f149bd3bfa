package io.segue.protocol.job.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is shown: published by the leader while it runs, answered by every coordinator. It decides nothing.
 *
 * @param submittedAt epoch milliseconds
 * @param startedAt epoch milliseconds; null until it is planned and runs for the first time
 * @param commands of the job's command log that the leader has taken in: from the first on, so many
 * @param outcome null until the job has ended
 */
public record JobView(
        int version,
        String jobId,
        JobKind kind,
        JobState state,
        long submittedAt,
        @Nullable Long startedAt,
        int commands,
        Progress progress,
        Log log,
        @Nullable Outcome outcome) {
    /** Of this form. */
    public static final int VERSION = 1;

    /**
     * How far it is.
     *
     * @param phase the latest, as people read it; empty before the first
     * @param recordsTotal 0 if unknown
     * @param bytesDone of payload
     */
    public record Progress(String phase, long recordsDone, long recordsTotal, long bytesDone, Tasks tasks) {
        /** Nothing is known yet. */
        public static final Progress NONE = new Progress("", 0, 0, 0, new Tasks(0, 0, 0, 0));
    }

    /** How many tasks there are, and where they stand; the others wait. */
    public record Tasks(int total, int done, int running, int failed) {}

    /**
     * The newest lines that the job said, as a command line in the place of the fleet would have printed them.
     *
     * @param epoch of the leader that keeps them: another leader's log has lines of its own
     * @param first number of the first line here: so many were said before it in this epoch
     */
    public record Log(int epoch, long first, List<String> lines) {
        /** Older lines are dropped. */
        public static final int MAX_LINES = 200;

        /** Nothing was said. */
        public static final Log NONE = new Log(0, 0, List.of());

        public Log {
            lines = List.copyOf(lines);
        }

        /** Number of the line that will be said next. */
        public long next() {
            return first + lines.size();
        }
    }

    /**
     * How it ended.
     *
     * @param exitCode what the command ends with, as in {@code docs/cli.md}
     * @param reasons why it was refused, if it never started, or failed as a whole; in words
     * @param report what the command prints with {@code --output json}; null if it never came to one
     */
    public record Outcome(
            int exitCode, List<String> reasons, @Nullable JsonNode report) {
        public Outcome {
            reasons = List.copyOf(reasons);
        }
    }

    /** The same without the lines of its log. */
    public JobView withoutLog() {
        Log bare = new Log(log.epoch(), log.next(), List.of());
        return new JobView(version, jobId, kind, state, submittedAt, startedAt, commands, progress, bare, outcome);
    }
}
