package io.segue.e2e.proof;

import io.segue.e2e.proof.NextRecord.AtEnd;
import io.segue.e2e.proof.NextRecord.Found;
import io.segue.e2e.proof.NextRecord.Lost;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Takes part in consumer groups of a cluster, as an application would. */
public final class GroupMember {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String bootstrap;

    public GroupMember(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    public void commit(String group, Map<TopicPartition, Long> offsets) {
        try (KafkaConsumer<byte[], byte[]> consumer = member(group, IsolationLevel.READ_COMMITTED)) {
            consumer.commitSync(offsets.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, each -> new OffsetAndMetadata(each.getValue()))));
        }
    }

    /**
     * Joins the group, notes the first record that comes from each partition, and leaves without a commit.
     *
     * @param partitions all partitions of the topics that the group reads
     */
    public Map<TopicPartition, NextRecord> next(
            String group, Collection<TopicPartition> partitions, IsolationLevel isolation) {
        Map<TopicPartition, NextRecord> next = new TreeMap<>(Clients.BY_NAME);
        Set<String> topics = partitions.stream().map(TopicPartition::topic).collect(Collectors.toUnmodifiableSet());
        try (KafkaConsumer<byte[], byte[]> consumer = member(group, isolation)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.subscribe(topics);
            Deadline deadline = Deadline.in(LIMIT);
            while (!next.keySet().containsAll(partitions) && !deadline.passed()) {
                poll(consumer, ends, next);
            }
        }
        partitions.forEach(
                partition -> next.putIfAbsent(partition, new Lost("nothing came within " + LIMIT.toSeconds() + " s")));
        return next;
    }

    private static void poll(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Map<TopicPartition, NextRecord> next) {
        try {
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(100))) {
                TopicPartition partition = new TopicPartition(each.topic(), each.partition());
                next.putIfAbsent(partition, new Found(each.offset(), Fingerprint.of(each)));
                consumer.pause(List.of(partition));
            }
            for (TopicPartition partition : consumer.assignment()) {
                if (!next.containsKey(partition)
                        && consumer.position(partition) >= ends.getOrDefault(partition, Long.MAX_VALUE)) {
                    next.put(partition, new AtEnd());
                }
            }
        } catch (InvalidOffsetException e) {
            e.partitions().forEach(partition -> next.put(partition, new Lost(e.toString())));
            consumer.assignment().forEach(partition -> next.putIfAbsent(partition, new Lost(e.toString())));
        }
    }

    private KafkaConsumer<byte[], byte[]> member(String group, IsolationLevel isolation) {
        return Clients.consumer(bootstrap, isolation, Map.of("group.id", group));
    }
}
