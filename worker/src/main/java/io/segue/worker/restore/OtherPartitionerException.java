package io.segue.worker.restore;

import io.segue.protocol.kafka.TopicPartition;

/** A record's key is not where the Java client's default partitioner would have put it. */
final class OtherPartitionerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String place;

    OtherPartitionerException(TopicPartition source, long offset, int expected) {
        super("the key of this record belongs to partition " + expected
                + " by the default partitioner: the topic was written by another one, or its partition count was"
                + " raised. Delete the target topic and restore with repartitioning." + source.topic()
                + ".any_partitioner: true, which reads every source partition for every target partition");
        this.place = source + " source offset " + offset;
    }

    String place() {
        return place;
    }
}
