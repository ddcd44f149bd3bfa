package io.segue.worker.restore;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.worker.append.TargetPartition;
import io.segue.worker.append.TransactionalTarget;
import io.segue.worker.append.wire.KafkaTransactionalTarget.Place;
import io.segue.worker.task.Attempt;
import java.util.function.Supplier;

/** One partition, in memory. */
record ModelTargets(Supplier<TargetPartition> partition) implements RestoreTasks.Targets {
    @Override
    public TargetPartition open(Attempt attempt, TopicPartition target, String topicId, String clientId) {
        return partition.get();
    }

    /** The model knows no transactions that hold records: those are tried on real brokers. */
    @Override
    public TransactionalTarget open(Attempt attempt, Place place, String clientId) {
        throw new UnsupportedOperationException("transactions");
    }
}
