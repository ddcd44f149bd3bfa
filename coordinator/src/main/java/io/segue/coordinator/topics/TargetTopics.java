package io.segue.coordinator.topics;

import io.segue.coordinator.plan.RestorePlan.TopicPlan;
import io.segue.protocol.job.JobEvent.TopicReady;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Brings target topics to where a job can write to them. Every step may be repeated. */
public final class TargetTopics {
    private final KafkaCluster target;

    public TargetTopics(KafkaCluster target) {
        this.target = target;
    }

    /** Creates the topic if it is missing, freezes it, and reads where its logs end. */
    public TopicReady prepare(TopicPlan plan, int replicationFactor) {
        KafkaCluster.Topic topic = target.topics(List.of(plan.topic())).get(plan.topic());
        if (topic == null) {
            target.createTopic(plan.topic(), plan.partitions(), replicationFactor, plan.configs());
            topic = target.topics(List.of(plan.topic())).get(plan.topic());
        } else {
            target.alterConfigs(plan.topic(), optional(plan.configs()));
        }
        if (topic == null) {
            throw new IllegalStateException("topic " + plan.topic() + " was created and is not there");
        }
        List<TopicPartition> partitions = partitions(plan.topic(), plan.partitions());
        Map<TopicPartition, LogRange> logs = target.logRanges(partitions);
        List<Long> bases = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            LogRange log = logs.get(partition);
            if (log == null) {
                throw new IllegalStateException(partition + " has no log on the target");
            }
            bases.add(log.highWatermark());
        }
        return new TopicReady(plan.topic(), topic.topicId(), bases);
    }

    /** Sets what the topic is meant to have. */
    public void thaw(String topic, Map<String, @Nullable String> intended) {
        Map<String, Optional<String>> configs = new HashMap<>();
        intended.forEach((key, value) -> configs.put(key, Optional.ofNullable(value)));
        target.alterConfigs(topic, configs);
    }

    private static Map<String, Optional<String>> optional(Map<String, String> configs) {
        Map<String, Optional<String>> converted = new HashMap<>();
        configs.forEach((key, value) -> converted.put(key, Optional.of(value)));
        return converted;
    }

    static List<TopicPartition> partitions(String topic, int count) {
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }
}
