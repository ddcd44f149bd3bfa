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

    /** @throws IllegalArgumentException if the text is not {@code topic/partition} */
    public static TopicPartition parse(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 1 || !text.substring(slash + 1).matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("expected topic/partition, found '" + text + "'");
        }
        return new TopicPartition(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
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
