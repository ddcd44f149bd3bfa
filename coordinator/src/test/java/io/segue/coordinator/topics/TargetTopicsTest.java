package io.segue.coordinator.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.coordinator.plan.RestorePlan.TopicPlan;
import io.segue.protocol.job.JobEvent.TopicReady;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.time.Time;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetTopicsTest {
    private static final Map<String, String> FROZEN = Map.of("retention.ms", "-1");

    private final InMemoryKafkaCluster target = new InMemoryKafkaCluster("target-cluster");
    private final TargetTopics topics = new TargetTopics(target, Time.system());

    private static TopicPlan plan(String topic) {
        return new TopicPlan(topic, true, 2, FROZEN, Map.of());
    }

    private Topic topic(String name) {
        return Objects.requireNonNull(target.topics().get(name));
    }

    @Test
    void makesWhatIsMissingFreezesTheRestAndTellsWhereLogsEnd() {
        target.log("t-3", 1, 5, 42);
        List<TopicPlan> plans =
                IntStream.range(0, 50).mapToObj(i -> plan("t-" + i)).toList();

        List<TopicReady> ready = topics.prepare(plans, 1);

        assertEquals(50, ready.size());
        assertEquals(new TopicReady("t-3", "id-of-t-3", List.of(0L, 42L)), ready.get(3));
        assertEquals(new TopicReady("t-4", "id-of-t-4", List.of(0L, 0L)), ready.get(4));
        for (TopicPlan plan : plans) {
            assertEquals(FROZEN, topic(plan.topic()).configs());
        }
        assertEquals(ready, topics.prepare(plans, 1), "every step may be repeated");
    }

    /** The others are thawed all the same; the next run finds what is left. */
    @Test
    void oneTopicThatFailsDoesNotHoldUpTheOthers() {
        topics.prepare(List.of(plan("a"), plan("b")), 1);
        Map<String, @Nullable String> own = new TreeMap<>();
        own.put("retention.ms", null);

        assertEquals(
                Map.of("gone", "Kafka cluster target-cluster: no topic gone"),
                topics.thaw(Map.of("a", own, "gone", own, "b", own)));

        assertEquals(Map.of(), topic("a").configs());
        assertEquals(Map.of(), topic("b").configs());
    }
}
