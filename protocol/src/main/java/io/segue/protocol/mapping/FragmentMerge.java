package io.segue.protocol.mapping;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment.Stretch;
import io.segue.protocol.mapping.Merged.Conflict;
import io.segue.protocol.mapping.Merged.Ordinals;
import io.segue.protocol.mapping.Merged.Placed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Merges the fragments of one task. They may come in any order, twice, and from attempts that covered the same records:
 * where they overlap they must agree. In steps:
 *
 * <ol>
 *   <li>fragments are taken in the order of their first ordinals; only then is the content of one loaded;
 *   <li>what earlier ones cover already is compared, the rest is passed on, runs that continue each other joined;
 *   <li>targets must rise with the ordinal, and sources within each source partition;
 *   <li>what no fragment covers is missing.
 * </ol>
 *
 * <p>The result does not depend on the order of the fragments. Held in memory are the heads of all fragments and the
 * content of those that overlap the current one, whatever the number of records.
 */
public final class FragmentMerge {
    static final int MAX_NAMED = 1_000;

    private final RunSink sink;
    private final List<Stretch> window = new ArrayList<>();
    private final List<Ordinals> missing = new ArrayList<>();
    private final Map<TopicPartition, Stretch> pending = new HashMap<>();
    private long missingRecords;
    private long coveredEnd;
    private @Nullable Stretch previous;

    /** A fragment whose content may be elsewhere. */
    public interface Stored {
        long firstOrdinal();

        /** Called once. */
        Fragment load();
    }

    private FragmentMerge(RunSink sink) {
        this.sink = sink;
    }

    /**
     * Merges into a sink; what it was given is worth nothing unless the result is {@link Merged.Complete}.
     *
     * @param count records of the task, known once it is sealed; else the last fragment is taken to be the end
     */
    public static Merged merge(Collection<? extends Stored> fragments, OptionalLong count, RunSink sink) {
        FragmentMerge merge = new FragmentMerge(sink);
        List<Stored> ordered = new ArrayList<>(fragments);
        ordered.sort(Comparator.comparingLong(Stored::firstOrdinal));
        for (Stored fragment : ordered) {
            merge.forget(fragment.firstOrdinal());
            for (Stretch stretch : fragment.load().stretches()) {
                Optional<Conflict> conflict = merge.add(stretch);
                if (conflict.isPresent()) {
                    return conflict.get();
                }
            }
        }
        return merge.end(count);
    }

    /** Fragments at hand. */
    public static List<Stored> stored(Collection<Fragment> fragments) {
        List<Stored> stored = new ArrayList<>();
        fragments.forEach(fragment -> stored.add(new AtHand(fragment)));
        return stored;
    }

    private record AtHand(Fragment fragment) implements Stored {
        @Override
        public long firstOrdinal() {
            return fragment.firstOrdinal();
        }

        @Override
        public Fragment load() {
            return fragment;
        }
    }

    /** No fragment to come begins before {@code ordinal}. */
    private void forget(long ordinal) {
        window.subList(0, firstEndingAfter(ordinal)).clear();
    }

    private Optional<Conflict> add(Stretch stretch) {
        for (int i = firstEndingAfter(stretch.ordinal()); i < window.size(); i++) {
            Stretch before = window.get(i);
            if (before.ordinal() >= stretch.end()) {
                break;
            }
            long shared = Math.max(before.ordinal(), stretch.ordinal());
            Placed one = at(before, shared);
            Placed other = at(stretch, shared);
            if (!one.equals(other)) {
                return Optional.of(new Conflict(one, other));
            }
        }
        return stretch.end() > coveredEnd
                ? cover(from(stretch, Math.max(coveredEnd, stretch.ordinal())))
                : Optional.empty();
    }

    private Optional<Conflict> cover(Stretch stretch) {
        if (stretch.ordinal() > coveredEnd) {
            missing(coveredEnd, stretch.ordinal());
        }
        Stretch before = previous;
        if (before != null && stretch.run().target() < before.run().targetEnd()) {
            return Optional.of(new Conflict(at(before, before.end() - 1), at(stretch, stretch.ordinal())));
        }
        Stretch sibling = pending.get(stretch.source());
        if (sibling != null && stretch.run().source() < sibling.run().sourceEnd()) {
            return Optional.of(new Conflict(at(sibling, sibling.end() - 1), at(stretch, stretch.ordinal())));
        }
        if (sibling != null && sibling.run().continuedBy(stretch.run())) {
            pending.put(
                    stretch.source(),
                    new Stretch(
                            sibling.ordinal(), stretch.source(), sibling.run().joined(stretch.run())));
        } else {
            if (sibling != null) {
                sink.add(sibling.source(), sibling.run());
            }
            pending.put(stretch.source(), stretch);
        }
        previous = stretch;
        coveredEnd = stretch.end();
        window.add(stretch);
        return Optional.empty();
    }

    private Merged end(OptionalLong count) {
        pending.values().stream()
                .sorted(Comparator.comparingLong(stretch -> stretch.run().target()))
                .forEach(stretch -> sink.add(stretch.source(), stretch.run()));
        long expected = count.orElse(coveredEnd);
        if (coveredEnd > expected) {
            return new Merged.Surplus(expected, coveredEnd);
        }
        if (coveredEnd < expected) {
            missing(coveredEnd, expected);
        }
        return missing.isEmpty() ? new Merged.Complete(expected) : new Merged.Incomplete(missing, missingRecords);
    }

    private void missing(long from, long to) {
        missingRecords += to - from;
        if (missing.size() < MAX_NAMED) {
            missing.add(new Ordinals(from, to));
        }
    }

    /** Index of the first stretch of the window that reaches beyond {@code ordinal}. */
    private int firstEndingAfter(long ordinal) {
        int low = 0;
        int high = window.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (window.get(middle).end() > ordinal) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static Placed at(Stretch stretch, long ordinal) {
        long skipped = ordinal - stretch.ordinal();
        return new Placed(
                ordinal,
                stretch.source(),
                stretch.run().source() + skipped,
                stretch.run().target() + skipped);
    }

    private static Stretch from(Stretch stretch, long ordinal) {
        long skipped = ordinal - stretch.ordinal();
        return skipped == 0
                ? stretch
                : new Stretch(
                        ordinal,
                        stretch.source(),
                        new Run(
                                stretch.run().source() + skipped,
                                stretch.run().target() + skipped,
                                stretch.run().length() - skipped));
    }
}
