package io.segue.protocol.mapping;

import io.segue.protocol.kafka.TopicPartition;
import java.util.List;

/**
 * The merged mapping of one source partition into one target partition: runs in rising order of source offset, which is
 * also the order of target offsets.
 */
public record PartitionMapping(TopicPartition source, TopicPartition target, List<Run> runs) {
    public PartitionMapping {
        runs = List.copyOf(runs);
        for (int i = 1; i < runs.size(); i++) {
            Run before = runs.get(i - 1);
            Run run = runs.get(i);
            if (run.source() < before.sourceEnd() || run.target() < before.targetEnd()) {
                throw new IllegalArgumentException(
                        "mapping " + source + " → " + target + ": " + run + " does not follow " + before);
            }
        }
    }

    /**
     * Rule R1 for one committed offset, in O(log runs).
     *
     * @param committed the next source offset to read, from 0
     */
    public Translation translate(long committed) {
        if (committed < 0) {
            throw new IllegalArgumentException("committed offset " + committed + " of " + source + " is negative");
        }
        if (runs.isEmpty()) {
            return new Translation.None();
        }
        int index = firstEndingAfter(committed);
        if (index == runs.size()) {
            Run last = runs.get(index - 1);
            return new Translation.PastEnd(last.targetEnd(), last.sourceEnd() - 1);
        }
        Run run = runs.get(index);
        if (run.source() <= committed) {
            return new Translation.Exact(run.target() + (committed - run.source()));
        }
        return index == 0
                ? new Translation.BeforeStart(run.target(), run.source())
                : new Translation.InGap(run.target(), run.source());
    }

    /** Records restored. */
    public long records() {
        return runs.stream().mapToLong(Run::length).sum();
    }

    private int firstEndingAfter(long offset) {
        int low = 0;
        int high = runs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (runs.get(middle).sourceEnd() > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
