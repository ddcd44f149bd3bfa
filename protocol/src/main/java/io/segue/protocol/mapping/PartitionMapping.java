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
}
