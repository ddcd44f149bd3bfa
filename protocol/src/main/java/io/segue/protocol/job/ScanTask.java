package io.segue.protocol.job;

import io.segue.protocol.kafka.TopicPartition;

/**
 * A stretch of a target partition whose records say in their headers where they come from.
 *
 * @param from first target offset, inclusive
 * @param to target offset, exclusive
 */
public record ScanTask(String id, TopicPartition target, long from, long to) implements JobTask {
    @Override
    public long weight() {
        return to - from;
    }
}
