package io.segue.coordinator.audit;

import io.segue.coordinator.audit.PartitionAudit.Evidence;
import io.segue.coordinator.audit.PartitionAudit.SourceRange;
import io.segue.protocol.config.DeliveryMode;
import io.segue.protocol.job.Attaches;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Run;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the fragments so far cover, and how far they kept the source's offsets. */
final class Coverage {
    private final long base;
    private final List<Attached> attaches;
    private final Layout layout;
    private long ordinal;
    private long identicalTo = -1;
    private @Nullable Run shifted;
    private final Map<TopicPartition, SourceRange> ranges = new TreeMap<>();

    /** @param attaches in the order of the journal */
    Coverage(DeliveryMode delivery, long base, List<Attached> attaches) {
        this.base = base;
        this.attaches = attaches;
        this.layout = Layout.of(delivery, base, attaches);
    }

    /** Records so far. */
    long ordinal() {
        return ordinal;
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
            Problem problem = layout.misplaced(stretch);
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
                a.source(), Math.min(a.first(), b.first()), Math.max(a.last(), b.last()), a.records() + b.records());
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

    /** "Identical" is claimed of what fragments say, never of what was planned. */
    String offsets() {
        Run first = shifted;
        return first == null
                ? "identical"
                : "identical up to source offset " + identicalTo + ", then shifted by "
                        + (first.target() - first.source());
    }
}
