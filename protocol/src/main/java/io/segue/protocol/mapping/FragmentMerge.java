package io.segue.protocol.mapping;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.MergedMapping.Ordinals;
import io.segue.protocol.mapping.MergedMapping.Placed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Merges the fragments of one task. They may come in any order, twice, and from attempts that covered the same records:
 * where they overlap they must agree. In steps:
 *
 * <ol>
 *   <li>each run becomes a <em>stretch</em>: records from an ordinal on, one source partition, both offsets rising by one;
 *   <li>stretches are swept in order of their first ordinal; what is covered already is compared, the rest is added;
 *   <li>targets must rise with the ordinal, and sources within each source partition;
 *   <li>what no stretch covers is missing; runs that continue each other are joined.
 * </ol>
 *
 * <p>The result does not depend on the order of the fragments. Time is O(n log n) in the number of runs.
 */
public final class FragmentMerge {
    private final TopicPartition target;
    private final List<Stretch> covered = new ArrayList<>();

    private FragmentMerge(TopicPartition target) {
        this.target = target;
    }

    /** @param count records of the task, known once it is sealed; else the last fragment is taken to be the end */
    public static MergedMapping merge(TopicPartition target, Collection<Fragment> fragments, Optional<Long> count) {
        FragmentMerge merge = new FragmentMerge(target);
        List<Stretch> stretches = new ArrayList<>();
        fragments.forEach(fragment -> split(fragment, stretches));
        stretches.sort(Comparator.comparingLong(Stretch::ordinal));
        for (Stretch stretch : stretches) {
            Optional<MergedMapping.Conflict> conflict = merge.add(stretch);
            if (conflict.isPresent()) {
                return conflict.get();
            }
        }
        return merge.result(count);
    }

    private static void split(Fragment fragment, List<Stretch> into) {
        long ordinal = fragment.firstOrdinal();
        for (Run run : fragment.runs()) {
            into.add(new Stretch(ordinal, fragment.source(), run));
            ordinal += run.length();
        }
    }

    private Optional<MergedMapping.Conflict> add(Stretch stretch) {
        long end = coveredEnd();
        for (int i = firstEndingAfter(stretch.ordinal()); i < covered.size(); i++) {
            Stretch before = covered.get(i);
            if (before.ordinal() >= stretch.end()) {
                break;
            }
            long shared = Math.max(before.ordinal(), stretch.ordinal());
            if (!before.agreesWith(stretch, shared)) {
                return Optional.of(new MergedMapping.Conflict(before.at(shared), stretch.at(shared)));
            }
        }
        if (stretch.end() > end) {
            covered.add(stretch.from(Math.max(end, stretch.ordinal())));
        }
        return Optional.empty();
    }

    private long coveredEnd() {
        return covered.isEmpty() ? 0 : covered.get(covered.size() - 1).end();
    }

    /** Index of the first covered stretch that reaches beyond {@code ordinal}. */
    private int firstEndingAfter(long ordinal) {
        int low = 0;
        int high = covered.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (covered.get(middle).end() > ordinal) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private MergedMapping result(Optional<Long> count) {
        long expected = count.orElse(coveredEnd());
        if (coveredEnd() > expected) {
            return new MergedMapping.Surplus(expected, coveredEnd());
        }
        Map<TopicPartition, List<Stretch>> bySource = new TreeMap<>();
        List<Ordinals> missing = new ArrayList<>();
        Stretch previous = null;
        long next = 0;
        for (Stretch stretch : covered) {
            if (stretch.ordinal() > next) {
                missing.add(new Ordinals(next, stretch.ordinal()));
            }
            next = stretch.end();
            if (previous != null && stretch.run().target() < previous.run().targetEnd()) {
                return new MergedMapping.Conflict(previous.last(), stretch.at(stretch.ordinal()));
            }
            previous = stretch;
            List<Stretch> siblings = bySource.computeIfAbsent(stretch.source(), source -> new ArrayList<>());
            if (!siblings.isEmpty()) {
                Stretch sibling = siblings.get(siblings.size() - 1);
                if (stretch.run().source() < sibling.run().sourceEnd()) {
                    return new MergedMapping.Conflict(sibling.last(), stretch.at(stretch.ordinal()));
                }
            }
            siblings.add(stretch);
        }
        if (next < expected) {
            missing.add(new Ordinals(next, expected));
        }
        List<PartitionMapping> mappings = new ArrayList<>();
        bySource.forEach((source, stretches) -> mappings.add(new PartitionMapping(source, target, joined(stretches))));
        return missing.isEmpty()
                ? new MergedMapping.Complete(mappings, expected)
                : new MergedMapping.Incomplete(mappings, missing);
    }

    private static List<Run> joined(List<Stretch> stretches) {
        List<Run> runs = new ArrayList<>();
        for (Stretch stretch : stretches) {
            int last = runs.size() - 1;
            if (last >= 0 && runs.get(last).continuedBy(stretch.run())) {
                Run before = runs.get(last);
                runs.set(
                        last,
                        new Run(
                                before.source(),
                                before.target(),
                                before.length() + stretch.run().length()));
            } else {
                runs.add(stretch.run());
            }
        }
        return runs;
    }

    /** A run with its place in the task's sequence. */
    private record Stretch(long ordinal, TopicPartition source, Run run) {
        long end() {
            return ordinal + run.length();
        }

        Placed at(long wanted) {
            return new Placed(wanted, source, run.source() + wanted - ordinal, run.target() + wanted - ordinal);
        }

        Placed last() {
            return at(end() - 1);
        }

        /** Both rise by one, so what agrees at one shared ordinal agrees at all. */
        boolean agreesWith(Stretch other, long shared) {
            return at(shared).equals(other.at(shared));
        }

        Stretch from(long wanted) {
            long skipped = wanted - ordinal;
            return skipped == 0
                    ? this
                    : new Stretch(
                            wanted,
                            source,
                            new Run(run.source() + skipped, run.target() + skipped, run.length() - skipped));
        }
    }
}
