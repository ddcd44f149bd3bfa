package io.segue.protocol.kafka.vertx;

import io.segue.protocol.kafka.TopicPartition;

/** A partition in the words of the three libraries. */
final class Partitions {
    private Partitions() {}

    static io.vertx.kafka.client.common.TopicPartition toVertx(TopicPartition partition) {
        return new io.vertx.kafka.client.common.TopicPartition(partition.topic(), partition.partition());
    }

    static TopicPartition fromVertx(io.vertx.kafka.client.common.TopicPartition partition) {
        return new TopicPartition(partition.getTopic(), partition.getPartition());
    }

    static org.apache.kafka.common.TopicPartition toNative(TopicPartition partition) {
        return new org.apache.kafka.common.TopicPartition(partition.topic(), partition.partition());
    }

    static TopicPartition fromNative(org.apache.kafka.common.TopicPartition partition) {
        return new TopicPartition(partition.topic(), partition.partition());
    }
}
