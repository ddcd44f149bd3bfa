package io.segue.coordinator.groups;

import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.kafka.TopicPartition;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The logs that a reset plan looks at. */
public final class TargetLogs {
    private TargetLogs() {}

    /** Ends of the target partitions that exist; the others are absent, and refused one by one in the plan. */
    public static Map<TopicPartition, LogRange> of(KafkaCluster target, RestoredPartitions restored) {
        Set<TopicPartition> wanted = ResetInput.targets(restored);
        Map<String, Topic> topics =
                target.topics(wanted.stream().map(TopicPartition::topic).collect(Collectors.toSet()));
        return target.logRanges(wanted.stream()
                .filter(partition -> {
                    Topic topic = topics.get(partition.topic());
                    return topic != null && partition.partition() < topic.partitions();
                })
                .toList());
    }
}
