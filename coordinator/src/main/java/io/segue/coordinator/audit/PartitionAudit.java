package io.segue.coordinator.audit;

import io.segue.protocol.config.DeliveryMode;
import io.segue.protocol.job.Attaches;
import io.segue.protocol.job.Defect;
import io.segue.protocol.job.Defect.Kind;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a partition is proven (rule R4), from the task's log and the two ends of the target log:
 *
 * <ol>
 *   <li>the sequence was sealed: every selected record was acknowledged;
 *   <li>fragments follow one another from ordinal 0 to the sealed count, none missing, none twice;
 *   <li>each fragment stands where the attaches say it must: workers observed what the protocol computes;
 *   <li>what lies between base and sealed end beside the records is fences, each behind the records of its time;
 *   <li>the target log still begins at or before the base and ends at or behind the sealed end.
 * </ol>
 */
public final class PartitionAudit {
    private PartitionAudit() {}

    /**
     * What was found of one partition.
     *
     * @param sources the source partitions that flow into it
     * @param base log end before the first record
     * @param end one past the last offset that this job's writes reach
     * @param records on the target exactly once
     * @param fences control markers of this job between base and end
     * @param later offsets behind {@code end} that others wrote since
     * @param offsets what was found of a task that keeps the source's offsets; null for one that does not
     * @param unprovenBecause null if proven
     * @param evidence null where nothing is proven, and in what older releases wrote
     * @param defect of the target's log, which trying again does not repair; null: none is known
     * @param repeated offsets between base and end that hold records of this job again
     * @param remarks what somebody should know though it is proven
     */
    public record Verdict(
            List<TopicPartition> sources,
            TopicPartition target,
            long base,
            long end,
            long records,
            long fences,
            long later,
            @Nullable String offsets,
            @Nullable String unprovenBecause,
            @Nullable Evidence evidence,
            @Nullable Defect defect,
            long repeated,
            List<String> remarks) {
        public Verdict {
            sources = List.copyOf(sources);
            // audits of before there were any
            remarks = List.copyOf(Objects.requireNonNullElse(remarks, List.of()));
        }

        /** Without what is known beyond the verdict. */
        public Verdict(
                List<TopicPartition> sources,
                TopicPartition target,
                long base,
                long end,
                long records,
                long fences,
                long later,
                @Nullable String offsets,
                @Nullable String unprovenBecause) {
            this(
                    sources,
                    target,
                    base,
                    end,
                    records,
                    fences,
                    later,
                    offsets,
                    unprovenBecause,
                    null,
                    null,
                    0,
                    List.of());
        }

        public boolean proven() {
            return unprovenBecause == null;
        }

        /** Every record is there, once or more often. */
        public boolean complete() {
            return proven() || repeated > 0;
        }
    }

    /**
     * What a proof rests on.
     *
     * @param ranges of source offsets, by source partition
     * @param attaches in all
     * @param markers target offsets of fences that attaches wrote; the first {@value #MAX_MARKERS}
     */
    public record Evidence(List<SourceRange> ranges, int attaches, List<Long> markers) {
        static final int MAX_MARKERS = 20;

        public Evidence {
            ranges = List.copyOf(ranges);
            markers = List.copyOf(markers);
        }
    }

    /**
     * Restored records of a source partition.
     *
     * @param first source offset
     * @param last source offset, inclusive
     */
    public record SourceRange(TopicPartition source, long first, long last, long records) {}

    /** As {@link #audit(RestoreTask, long, List, Iterable, LogRange, DeliveryMode)} of a fenced delivery. */
    public static Verdict audit(
            RestoreTask task, long base, List<TaskEvent> events, Iterable<Fragment> fragments, LogRange log) {
        return audit(task, base, events, fragments, log, DeliveryMode.FENCED);
    }

    /**
     * @param events of the task's log
     * @param fragments of the same log
     * @param log the target partition's log now
     */
    public static Verdict audit(
            RestoreTask task,
            long base,
            List<TaskEvent> events,
            Iterable<Fragment> fragments,
            LogRange log,
            DeliveryMode delivery) {
        Sealed sealed = last(events, Sealed.class);
        if (sealed == null) {
            TaskEvent.Failed failed = last(events, TaskEvent.Failed.class);
            String why = failed == null ? "not finished" : failed.inWords();
            return unproven(task, base, base, why, failed == null ? null : failed.defect());
        }
        List<Attached> attaches = Attaches.standing(all(events, Attached.class));
        Coverage coverage = new Coverage(delivery, base, attaches);
        Problem problem = ofLog(base, sealed, log);
        Iterator<Fragment> next = fragments.iterator();
        while (problem == null && next.hasNext()) {
            problem = coverage.add(next.next());
        }
        if (problem == null && coverage.ordinal() != sealed.count()) {
            problem = Problem.hole(
                    "fragments cover " + coverage.ordinal() + " of " + sealed.count() + " records",
                    Attaches.target(base, attaches, coverage.ordinal()),
                    sealed.endOffset());
        }
        if (problem != null) {
            return unproven(task, base, sealed.endOffset(), problem.why(), problem.defect());
        }
        long others = sealed.endOffset() - base - sealed.count();
        boolean repeats = delivery == DeliveryMode.AT_LEAST_ONCE && others > 0;
        return new Verdict(
                task.sources(),
                task.target(),
                base,
                sealed.endOffset(),
                sealed.count(),
                repeats ? 0 : others,
                log.highWatermark() - sealed.endOffset(),
                task.preserve() == null ? null : coverage.offsets(),
                repeats
                        ? others + " of the offsets " + base + " to " + (sealed.endOffset() - 1)
                                + " hold records again: delivery: at-least-once"
                        : null,
                coverage.evidence(),
                null,
                repeats ? others : 0,
                Remarks.of(events));
    }

    private static @Nullable Problem ofLog(long base, Sealed sealed, LogRange log) {
        if (log.highWatermark() < sealed.endOffset()) {
            return new Problem(
                    "the log ends at " + log.highWatermark() + ", it was sealed at " + sealed.endOffset()
                            + ": the cluster lost acknowledged data",
                    new Defect(Kind.LOST, log.highWatermark(), sealed.endOffset()));
        }
        if (log.start() > base && sealed.count() > 0) {
            return new Problem(
                    "the log starts at " + log.start() + ", the first restored record stood at " + base
                            + ": records were deleted",
                    new Defect(Kind.DELETED, base, log.start()));
        }
        if (sealed.endOffset() < base + sealed.count()) {
            return Problem.hole(
                    "the log ends at " + sealed.endOffset() + ", before " + sealed.count() + " records from " + base,
                    sealed.endOffset(),
                    base + sealed.count());
        }
        return null;
    }

    /**
     * The verdict on a partition of which nothing can be proven, or not all.
     *
     * @param defect null: none is known
     */
    public static Verdict unproven(RestoreTask task, long base, long end, String why, @Nullable Defect defect) {
        return new Verdict(task.sources(), task.target(), base, end, 0, 0, 0, null, why, null, defect, 0, List.of());
    }

    private static <T extends TaskEvent> List<T> all(List<TaskEvent> events, Class<T> type) {
        List<T> found = new ArrayList<>();
        events.stream().filter(type::isInstance).map(type::cast).forEach(found::add);
        return found;
    }

    private static <T extends TaskEvent> @Nullable T last(List<TaskEvent> events, Class<T> type) {
        List<T> found = all(events, type);
        return found.isEmpty() ? null : found.get(found.size() - 1);
    }
}
