package io.segue.cli.groups;

import io.segue.coordinator.groups.RestoredPartitions;
import io.segue.coordinator.restore.BackupArchive;
import io.segue.coordinator.restore.RestoreRecord;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.store.ObjectStore;
import java.util.Optional;

/**
 * A restore job that was found, and what it left.
 *
 * @param state where its state is
 * @param archive the backup that it restored, where that is known
 * @param target where it wrote to, if its configuration is known
 */
record KnownJob(
        RestoreRecord record, ObjectStore state, Optional<BackupArchive> archive, Optional<KafkaConnection> target) {
    String jobId() {
        return record.jobId();
    }

    Optional<RestoredPartitions> restored() {
        return archive.map(record::restored);
    }
}
