package io.segue.e2e.source;

import io.segue.e2e.proof.Clients;
import io.segue.e2e.proof.LogReader.Contents;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer group of the source.
 *
 * @param places for each topic that it reads: where it has committed, partition after partition, beginning again at the end
 */
public record GroupSpec(String id, Map<String, List<Place>> places, String about) {
    /** The groups of the demo. */
    public static List<GroupSpec> all() {
        return List.of(
                new GroupSpec("order-processor", Map.of("orders", List.of(Place.MIDDLE)), "middle of orders"),
                new GroupSpec("payment-processor", Map.of("payments", List.of(Place.END)), "end of payments"),
                new GroupSpec("fraud-check", Map.of("ledger", List.of(Place.GAP)), "inside aborted transactions"),
                new GroupSpec("customer-cache", Map.of("customers", List.of(Place.GAP)), "on compacted-away offsets"),
                new GroupSpec(
                        "ledger-export",
                        Map.of("ledger", List.of(Place.END, Place.MIDDLE, Place.BEGIN)),
                        "end, middle, beginning of ledger"),
                new GroupSpec(
                        "dashboard",
                        Map.of(
                                "orders",
                                List.of(Place.BEGIN, Place.MIDDLE, Place.END, Place.LAST),
                                "payments",
                                List.of(Place.LAST, Place.END, Place.MIDDLE),
                                "customers",
                                List.of(Place.MIDDLE, Place.END, Place.GAP)),
                        "here and there in three topics"));
    }

    /** The offsets to commit. */
    public Map<TopicPartition, Long> offsets(List<TopicSpec> topics, Contents source) {
        Map<TopicPartition, Long> offsets = new TreeMap<>(Clients.BY_NAME);
        for (TopicPartition partition : partitions(topics)) {
            List<Place> of = places.getOrDefault(partition.topic(), List.of());
            Place place = of.get(partition.partition() % of.size());
            long end = source.ends().getOrDefault(partition, 0L);
            offsets.put(partition, place.offset(source.of(partition), end));
        }
        return offsets;
    }

    /** All partitions of the topics that it reads. */
    public List<TopicPartition> partitions(List<TopicSpec> topics) {
        return topics.stream()
                .filter(topic -> places.containsKey(topic.name()))
                .flatMap(topic -> topic.topicPartitions().stream())
                .toList();
    }
}
