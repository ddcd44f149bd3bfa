package io.segue.protocol.kafka;

import java.util.Comparator;

/** A partition of a topic, of whichever cluster the context says. */
public record TopicPartition(String topic, int partition) implements Comparable<TopicPartition> {
    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    public TopicPartition {
        if (partition < 0) {
            throw new IllegalArgumentException("partition " + partition + " of topic " + topic + " is negative");
        }
    }

    @Override
    public int compareTo(TopicPartition other) {
        return ORDER.compare(this, other);
    }

    /** {@code topic/partition}, as the peer's artefacts write it. */
    @Override
    public String toString() {
        return topic + "/" + partition;
    }
}
