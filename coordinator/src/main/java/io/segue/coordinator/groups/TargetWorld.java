package io.segue.coordinator.groups;

import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.kafka.TopicPartition;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The topics of the target that a reset plan looks at. Those that do not exist are absent, and so are the logs of partitions
 * without a leader; both are refused one by one in the plan.
 *
 * @param byTime first offset at or after a time, for each time that a strategy asks for
 */
public record TargetWorld(
        String clusterId,
        List<String> bootstrapServers,
        Map<String, Topic> topics,
        Map<TopicPartition, LogRange> logs,
        Map<Long, Map<TopicPartition, Long>> byTime) {
    public TargetWorld {
        bootstrapServers = List.copyOf(bootstrapServers);
        topics = Map.copyOf(topics);
        logs = Map.copyOf(logs);
        byTime = Map.copyOf(byTime);
    }

    /** @param times epoch milliseconds */
    public static TargetWorld read(
            KafkaCluster target, List<String> bootstrapServers, Collection<String> topics, Set<Long> times) {
        Map<String, Topic> found = target.topics(topics);
        Set<TopicPartition> partitions = target.leaders(found.keySet()).keySet();
        Map<Long, Map<TopicPartition, Long>> byTime = new HashMap<>();
        times.forEach(time -> byTime.put(time, target.offsetsForTime(partitions, time)));
        return new TargetWorld(target.clusterId(), bootstrapServers, found, target.logRanges(partitions), byTime);
    }

    /** What a plan made for this world remembers of it. */
    public PlanOrigin.World remembered() {
        Map<String, String> ids = new TreeMap<>();
        topics.forEach((name, topic) -> ids.put(name, topic.topicId()));
        return new PlanOrigin.World(clusterId, bootstrapServers, ids, logs);
    }
}
