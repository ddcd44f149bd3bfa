package io.segue.coordinator.check;

import io.segue.protocol.manifest.Manifest.Partition;
import io.segue.protocol.manifest.Manifest.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which offsets of a partition its segments and recorded gaps account for. A hole between them is not damage in itself:
 * compaction, aborted transactions and their markers leave some. Pure.
 */
final class Coverage {
    /** Apart from each other, in their order. */
    private final List<Stretch> covered = new ArrayList<>();

    /** Offsets from {@code start} to {@code end}, exclusive. */
    record Stretch(long start, long end) {}

    Coverage(Partition partition) {
        Stream.concat(
                        partition.segments().stream().map(Coverage::stretch),
                        partition.gaps().stream().map(gap -> new Stretch(gap.startOffset(), gap.endOffset())))
                .sorted(Comparator.comparingLong(Stretch::start))
                .forEach(this::add);
    }

    private static Stretch stretch(Segment segment) {
        // a manifest may name the last offset that there is
        return new Stretch(segment.startOffset(), Math.max(segment.endOffset(), segment.endOffset() + 1));
    }

    private void add(Stretch next) {
        Stretch last = covered.isEmpty() ? null : covered.get(covered.size() - 1);
        if (last == null || next.start() > last.end()) {
            covered.add(next);
        } else {
            covered.set(covered.size() - 1, new Stretch(last.start(), Math.max(last.end(), next.end())));
        }
    }

    /** Stretches between what is covered, in their order. */
    List<Stretch> holes() {
        List<Stretch> holes = new ArrayList<>();
        for (int i = 1; i < covered.size(); i++) {
            long from = covered.get(i - 1).end();
            holes.add(new Stretch(from, covered.get(i).start()));
        }
        return holes;
    }

    boolean covers(long offset) {
        int at = before(offset);
        return at >= 0 && offset < covered.get(at).end();
    }

    boolean inHole(long offset) {
        int at = before(offset);
        return at >= 0 && at < covered.size() - 1 && offset >= covered.get(at).end();
    }

    /** Index of the last stretch that starts at or before an offset, −1 if there is none. */
    private int before(long offset) {
        int at = Collections.binarySearch(
                covered, new Stretch(offset, offset), Comparator.comparingLong(Stretch::start));
        return at >= 0 ? at : -at - 2;
    }
}
