package io.segue.coordinator.backup;

import io.segue.protocol.backup.PartitionOutcome;
import io.segue.protocol.backup.PartitionRange;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;

/** Who watches a backup. Called by many threads; must return fast. */
public interface BackupProgress {
    /** Before the first record is read. */
    void planned(List<PartitionRange> ranges, List<String> warnings);

    /** Records read since the last call, and the bytes of their keys, values and headers. */
    void advanced(TopicPartition partition, long records, long bytes);

    void ended(TopicPartition partition, PartitionOutcome outcome);

    /** Nobody watches. */
    BackupProgress NONE = new BackupProgress() {
        @Override
        public void planned(List<PartitionRange> ranges, List<String> warnings) {}

        @Override
        public void advanced(TopicPartition partition, long records, long bytes) {}

        @Override
        public void ended(TopicPartition partition, PartitionOutcome outcome) {}
    };
}
