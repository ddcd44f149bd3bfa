package io.segue.protocol.mapping;

import io.segue.protocol.kafka.TopicPartition;

/** Takes the runs of one target partition; those of one source come in order, rising on both sides. */
@FunctionalInterface
public interface RunSink {
    void add(TopicPartition source, Run run);
}
