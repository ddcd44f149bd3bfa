package io.segue.protocol.mapping;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping as a file for operators: all that a later reset needs of a restore. A file of the peer has the mapping only.
 *
 * @param name of the file, for messages
 * @param empty source partitions that were restored and of which the backup held nothing, with their place on the target
 * @param targetServers where the restore wrote to
 * @param groups what groups had committed on the source; empty in a file that does not say
 */
public record MappingBundle(
        String name,
        MappingDocument document,
        Map<TopicPartition, TopicPartition> empty,
        List<String> targetServers,
        Optional<Map<String, GroupCommits>> groups) {
    public MappingBundle {
        empty = Map.copyOf(empty);
        targetServers = List.copyOf(targetServers);
    }
}
