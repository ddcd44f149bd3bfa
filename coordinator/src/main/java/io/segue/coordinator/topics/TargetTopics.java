package io.segue.coordinator.topics;

import io.segue.coordinator.plan.RestorePlan.TopicPlan;
import io.segue.protocol.job.JobEvent.TopicReady;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.time.Backoff;
import io.segue.protocol.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Brings target topics to where a job can write to them, some at a time. Every step may be repeated. */
public final class TargetTopics {
    /** More would queue at the controller of the cluster, which makes one topic after the other. */
    private static final int AT_A_TIME = 8;

    /** A new topic is known to the controller first; the other brokers hear of it a little later. */
    private static final Backoff UNTIL_KNOWN = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(3), 15);

    private final KafkaCluster target;
    private final Time time;

    public TargetTopics(KafkaCluster target, Time time) {
        this.target = target;
        this.time = time;
    }

    /** Creates the topics that are missing, freezes all of them, and reads where their logs end. */
    public List<TopicReady> prepare(List<TopicPlan> plans, int replicationFactor) {
        List<String> names = plans.stream().map(TopicPlan::topic).toList();
        Map<String, Topic> before = target.topics(names);
        forEach(plans, plan -> {
            if (before.containsKey(plan.topic())) {
                target.alterConfigs(plan.topic(), optional(plan.configs()));
            } else {
                target.createTopic(plan.topic(), plan.partitions(), replicationFactor, plan.configs());
            }
        });
        Map<String, Topic> now = known(names);
        Map<TopicPartition, LogRange> logs = target.logRanges(plans.stream()
                .flatMap(plan -> partitions(plan.topic(), plan.partitions()).stream())
                .toList());
        return plans.stream()
                .map(plan -> ready(plan, now.get(plan.topic()), logs))
                .toList();
    }

    private Map<String, Topic> known(List<String> names) {
        Map<String, Topic> known = target.topics(names);
        for (int attempt = 1; !known.keySet().containsAll(names) && UNTIL_KNOWN.goesOn(attempt); attempt++) {
            try {
                time.pause(UNTIL_KNOWN.after(attempt, ThreadLocalRandom.current()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaFailure("interrupted while new topics became known: " + names, true, e);
            }
            known = target.topics(names);
        }
        return known;
    }

    private static TopicReady ready(TopicPlan plan, @Nullable Topic topic, Map<TopicPartition, LogRange> logs) {
        if (topic == null) {
            throw new KafkaFailure(
                    "topic " + plan.topic() + " was created, but the brokers do not know it; is it deleted meanwhile?",
                    true,
                    null);
        }
        List<Long> bases = new ArrayList<>();
        for (TopicPartition partition : partitions(plan.topic(), plan.partitions())) {
            LogRange log = logs.get(partition);
            if (log == null) {
                throw new IllegalStateException(partition + " has no log on the target");
            }
            bases.add(log.highWatermark());
        }
        return new TopicReady(plan.topic(), topic.topicId(), bases);
    }

    /**
     * Sets what the topics are meant to have.
     *
     * @return topics for which that failed, and why
     */
    public Map<String, String> thaw(Map<String, Map<String, @Nullable String>> intended) {
        Map<String, String> failed = new ConcurrentSkipListMap<>();
        forEach(List.copyOf(intended.entrySet()), topic -> {
            Map<String, Optional<String>> configs = new HashMap<>();
            topic.getValue().forEach((key, value) -> configs.put(key, Optional.ofNullable(value)));
            try {
                target.alterConfigs(topic.getKey(), configs);
            } catch (KafkaFailure e) {
                failed.put(topic.getKey(), String.valueOf(e.getMessage()));
            }
        });
        return failed;
    }

    /** Some at a time, all of them even if one fails; then the first failure is thrown. */
    private static <T> void forEach(List<T> items, Consumer<T> step) {
        ExecutorService pool = Executors.newFixedThreadPool(
                Math.max(1, Math.min(AT_A_TIME, items.size())), task -> new Thread(task, "segue-topics"));
        try {
            CompletableFuture.allOf(items.stream()
                            .map(item -> CompletableFuture.runAsync(() -> step.accept(item), pool))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            pool.shutdown();
        }
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
