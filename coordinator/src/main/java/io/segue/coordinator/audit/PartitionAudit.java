package io.segue.coordinator.audit;

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
import io.segue.protocol.mapping.Run;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
     * @param defect of the target's log, which a rebuild repairs; null: none is known
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
            @Nullable Defect defect) {
        public Verdict {
            sources = List.copyOf(sources);
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
            this(sources, target, base, end, records, fences, later, offsets, unprovenBecause, null, null);
        }

        public boolean proven() {
            return unprovenBecause == null;
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

    /** A reason why a partition is not proven, and what of the log causes it, where that is known. */
    private record Problem(String why, @Nullable Defect defect) {
        static Problem hole(String why, long from, long to) {
            return new Problem(why, new Defect(Kind.HOLE, from, Math.max(from, to)));
        }
    }

    /**
     * @param planned log end before the first record of the task, unless its partition was rebuilt
     * @param all events of the task's log
     * @param fragments of the same log, those that count
     * @param log the target partition's log now
     */
    public static Verdict audit(
            RestoreTask task, long planned, List<TaskEvent> all, Iterable<Fragment> fragments, LogRange log) {
        long base = TaskEvent.base(all, planned);
        List<TaskEvent> events = TaskEvent.current(all);
        Sealed sealed = last(events, Sealed.class);
        if (sealed == null) {
            TaskEvent.Failed failed = last(events, TaskEvent.Failed.class);
            String why = failed == null ? "not finished" : failed.place() + ": " + failed.message();
            return unproven(task, base, base, why, failed == null ? null : failed.defect());
        }
        List<Attached> attaches = all(events, Attached.class);
        Coverage coverage = new Coverage(base, attaches);
        Problem problem = ofLog(base, sealed, log);
        Iterator<Fragment> next = fragments.iterator();
        while (problem == null && next.hasNext()) {
            problem = coverage.add(next.next());
        }
        if (problem == null && coverage.ordinal != sealed.count()) {
            problem = Problem.hole(
                    "fragments cover " + coverage.ordinal + " of " + sealed.count() + " records",
                    Attaches.target(base, attaches, coverage.ordinal),
                    sealed.endOffset());
        }
        if (problem != null) {
            return unproven(task, base, sealed.endOffset(), problem.why(), problem.defect());
        }
        return new Verdict(
                task.sources(),
                task.target(),
                base,
                sealed.endOffset(),
                sealed.count(),
                sealed.endOffset() - base - sealed.count(),
                log.highWatermark() - sealed.endOffset(),
                task.preserve() == null ? null : coverage.offsets(),
                null,
                coverage.evidence(),
                null);
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

    /** What the fragments so far cover, and how far they kept the source's offsets. */
    private static final class Coverage {
        private final long base;
        private final List<Attached> attaches;
        private long ordinal;
        private long identicalTo = -1;
        private @Nullable Run shifted;
        private final Map<TopicPartition, SourceRange> ranges = new TreeMap<>();

        Coverage(long base, List<Attached> attaches) {
            this.base = base;
            this.attaches = attaches;
        }

        /** The problem with a fragment, or null. */
        @Nullable
        Problem add(Fragment fragment) {
            if (fragment.firstOrdinal() != ordinal) {
                return Problem.hole(
                        "fragments cover " + ordinal + " records, the next begins at " + fragment.firstOrdinal(),
                        Attaches.target(base, attaches, ordinal),
                        Attaches.target(base, attaches, fragment.firstOrdinal()));
            }
            for (Fragment.Stretch stretch : fragment.stretches()) {
                Problem problem = misplaced(stretch);
                if (problem != null) {
                    return problem;
                }
                Run run = stretch.run();
                ranges.merge(
                        stretch.source(),
                        new SourceRange(stretch.source(), run.source(), run.sourceEnd() - 1, run.length()),
                        Coverage::joined);
                if (run.source() != run.target() && shifted == null) {
                    shifted = run;
                } else if (shifted == null) {
                    identicalTo = run.sourceEnd() - 1;
                }
            }
            ordinal = fragment.endOrdinal();
            return null;
        }

        private static SourceRange joined(SourceRange a, SourceRange b) {
            return new SourceRange(
                    a.source(),
                    Math.min(a.first(), b.first()),
                    Math.max(a.last(), b.last()),
                    a.records() + b.records());
        }

        Evidence evidence() {
            return new Evidence(
                    List.copyOf(ranges.values()),
                    attaches.size(),
                    attaches.stream()
                            .map(Attached::marker)
                            .filter(marker -> marker >= base)
                            .distinct()
                            .limit(Evidence.MAX_MARKERS)
                            .toList());
        }

        private @Nullable Problem misplaced(Fragment.Stretch stretch) {
            Run run = stretch.run();
            for (long i : new long[] {0, run.length() - 1}) {
                long expected = Attaches.target(base, attaches, stretch.ordinal() + i);
                if (expected != run.target() + i) {
                    return Problem.hole(
                            "record " + (stretch.ordinal() + i) + " was seen at offset " + (run.target() + i)
                                    + ", the attaches put it at " + expected,
                            Math.min(run.target() + i, expected),
                            Math.max(run.target() + i, expected));
                }
            }
            return null;
        }

        /** "Identical" is claimed of what fragments say, never of what was planned. */
        String offsets() {
            Run first = shifted;
            return first == null
                    ? "identical"
                    : "identical up to source offset " + identicalTo + ", then shifted by "
                            + (first.target() - first.source());
        }
    }

    /**
     * The verdict on a partition of which nothing can be proven, or not all.
     *
     * @param defect null: none is known that a rebuild would repair
     */
    public static Verdict unproven(RestoreTask task, long base, long end, String why, @Nullable Defect defect) {
        return new Verdict(task.sources(), task.target(), base, end, 0, 0, 0, null, why, null, defect);
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
