package io.segue.protocol.mapping;

import io.segue.protocol.kafka.TopicPartition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rule R2: where a group goes on in a target partition that several source partitions flow into. Pure. A single position
 * loses nothing exactly if no unread record stands before it, so the greatest such position repeats the least; it is the
 * smallest target offset of any unread record, and behind the last record where all were read.
 */
public final class LowWaterRule {
    private LowWaterRule() {}

    /**
     * The position in one target partition.
     *
     * @param into the mappings of every source partition that flows into it
     * @param committed next source offset to read; of a partition that is absent nothing counts as read
     */
    public static Translation position(Collection<? extends OffsetMapping> into, Map<TopicPartition, Long> committed) {
        List<? extends OffsetMapping> filled =
                into.stream().filter(mapping -> mapping.last().isPresent()).toList();
        if (filled.isEmpty()) {
            return new Translation.None();
        }
        if (filled.size() == 1) {
            return filled.get(0).translate(committed.getOrDefault(filled.get(0).source(), 0L));
        }
        long position = filled.stream()
                .flatMap(mapping -> next(mapping, committed.getOrDefault(mapping.source(), 0L)).stream())
                .min(Long::compare)
                .orElse(Long.MAX_VALUE);
        if (position == Long.MAX_VALUE) {
            OffsetMapping last = filled.stream()
                    .max(java.util.Comparator.comparingLong(
                            mapping -> mapping.last().orElseThrow().targetEnd()))
                    .orElseThrow();
            Run run = last.last().orElseThrow();
            return new Translation.PastEnd(run.targetEnd(), run.sourceEnd() - 1);
        }
        long readAgain = filled.stream()
                .mapToLong(mapping -> readAgain(mapping, committed.getOrDefault(mapping.source(), 0L), position))
                .sum();
        return new Translation.LowWater(position, readAgain);
    }

    /**
     * Records of one source partition that were read on the source and stand at or behind a position on the target.
     *
     * @param committed next source offset to read
     */
    public static long readAgain(OffsetMapping mapping, long committed, long position) {
        return Math.max(0, mapping.recordsBelow(committed) - mapping.recordsBelowTarget(position));
    }

    private static Optional<Long> next(OffsetMapping mapping, long committed) {
        return mapping.reaching(committed).map(run -> run.target() + Math.max(0, committed - run.source()));
    }
}
