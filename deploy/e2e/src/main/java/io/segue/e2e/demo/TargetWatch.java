package io.segue.e2e.demo;

import io.segue.e2e.proof.Clients;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How many offsets the partitions of the target hold, asked from outside while a restore runs. */
final class TargetWatch implements AutoCloseable {
    private final Admin admin;
    private final List<TopicPartition> partitions;
    private final Set<String> topics;
    private boolean topicsThere;

    TargetWatch(String bootstrap, Collection<TopicPartition> partitions) {
        this.admin = Clients.admin(bootstrap);
        this.partitions = List.copyOf(partitions);
        this.topics = partitions.stream().map(TopicPartition::topic).collect(Collectors.toUnmodifiableSet());
    }

    /** Per partition; empty as long as a topic is missing. */
    Map<TopicPartition, Long> counts() throws InterruptedException {
        Map<TopicPartition, Long> counts = new TreeMap<>(Clients.BY_NAME);
        topicsThere = topicsThere || Clients.await(admin.listTopics().names()).containsAll(topics);
        if (topicsThere) {
            ends(OffsetSpec.latest()).forEach((partition, end) -> counts.put(partition, end.offset()));
        }
        return counts;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ends(OffsetSpec which) throws InterruptedException {
        return Clients.await(
                admin.listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), each -> which)))
                        .all());
    }

    @Override
    public void close() {
        admin.close();
    }
}
