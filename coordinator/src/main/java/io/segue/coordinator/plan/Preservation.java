package io.segue.coordinator.plan;

import io.segue.protocol.config.RestoreConfig.OffsetMode;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.Preserve;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a task keeps the source's offsets, and what that costs. Pure. Into an empty partition the log can be made to begin
 * at the archive's first offset; gaps behind it are filled with control markers, as far as that is cheap.
 */
final class Preservation {
    /** Markers for one partition: a minute or two of empty transactions. */
    static final long MOST_FILLED = 10_000;

    private static final double FILLERS_PER_SECOND = 2_000_000;
    private static final double MARKERS_PER_SECOND = 100;
    private static final double STORED_BYTES_PER_SECOND = 10_000_000;
    /** Of the time that the partition's restore takes, and a few seconds that nobody minds. */
    private static final double SHARE = 0.1;

    private static final double FREE_SECONDS = 5;

    private final RestoreSpec spec;
    private final Map<TopicPartition, LogRange> logs;

    Preservation(RestoreSpec spec, Map<TopicPartition, LogRange> logs) {
        this.spec = spec;
        this.logs = logs;
    }

    /** What is to become of a partition's offsets. */
    sealed interface Decision {
        /** @param line what the plan says of them */
        record Kept(Preserve preserve, String line) implements Decision {}

        record Dense(String because) implements Decision {}

        record Refused(String because) implements Decision {}
    }

    Decision of(RestoreTask task) {
        Optional<String> obstacle = obstacle(task);
        boolean strict = spec.placement().offsets() == OffsetMode.PRESERVE;
        if (obstacle.isPresent()) {
            return strict ? new Decision.Refused(obstacle.get()) : new Decision.Dense(obstacle.get());
        }
        List<SegmentRef> segments = task.inputs().get(0).segments();
        long from = segments.get(0).startOffset();
        Gaps gaps = Gaps.of(segments);
        long filled = Math.min(gaps.offsets(), MOST_FILLED);
        double seconds = from / FILLERS_PER_SECOND + filled / MARKERS_PER_SECOND;
        double allowed = FREE_SECONDS + SHARE * task.bytes() / STORED_BYTES_PER_SECOND;
        if (!strict && (seconds > allowed || gaps.offsets() > MOST_FILLED)) {
            return new Decision.Dense(
                    "keeping its offsets would take " + from + " fillers and " + gaps.offsets() + " markers");
        }
        return new Decision.Kept(new Preserve(from, MOST_FILLED, strict), line(from, gaps));
    }

    /** What keeping them would give, for a plan that does not. */
    boolean cheap(RestoreTask task) {
        return obstacle(task).isEmpty()
                && Gaps.of(task.inputs().get(0).segments()).offsets() == 0
                && task.inputs().get(0).segments().get(0).startOffset() <= FREE_SECONDS * FILLERS_PER_SECOND;
    }

    private static String line(long from, Gaps gaps) {
        String head = from == 0 ? "" : " (the log is made to begin at " + from + ")";
        if (gaps.offsets() == 0) {
            return "identical" + head;
        }
        return gaps.offsets() <= MOST_FILLED
                ? "identical" + head + ", once " + gaps.offsets() + " offsets of gaps are filled with markers"
                : "identical" + head + " up to the gap that exceeds " + MOST_FILLED + " offsets filled, not before"
                        + " source offset " + gaps.first() + ", then shifted: the archive lacks " + gaps.offsets()
                        + " offsets";
    }

    private Optional<String> obstacle(RestoreTask task) {
        LogRange log = logs.get(task.target());
        if (task.inputs().size() > 1 || task.inputs().get(0).routing() != null) {
            return Optional.of("several source partitions flow into it, or one is spread over several");
        }
        if (spec.selected().windowStart() != null || spec.selected().windowEnd() != null) {
            return Optional.of("a time window leaves records out");
        }
        if (log != null && log.highWatermark() > log.start()) {
            return Optional.of(
                    "the target partition holds records (" + log.start() + " to " + (log.highWatermark() - 1) + ")");
        }
        long from = task.inputs().get(0).segments().get(0).startOffset();
        if (log != null && log.highWatermark() > from) {
            return Optional.of("the target partition's log ends at " + log.highWatermark()
                    + ", behind the archive's first offset " + from);
        }
        return Optional.empty();
    }

    /**
     * Offsets that the archive lacks between its first and its last.
     *
     * @param first offset from which on one may be missing
     */
    private record Gaps(long offsets, long first) {
        static Gaps of(List<SegmentRef> segments) {
            long offsets = 0;
            @Nullable Long first = null;
            long next = segments.get(0).startOffset();
            for (SegmentRef segment : segments) {
                long between = Math.max(0, segment.startOffset() - next);
                long within = Math.max(0, segment.endOffset() + 1 - segment.startOffset() - segment.recordCount());
                if (first == null && between + within > 0) {
                    first = between > 0 ? next : segment.startOffset();
                }
                offsets += between + within;
                next = Math.max(next, segment.endOffset() + 1);
            }
            return new Gaps(offsets, first == null ? next : first);
        }
    }
}
