package io.segue.cli.backup;

import io.segue.cli.progress.Progress;
import io.segue.cli.progress.ProgressReporter;
import io.segue.cli.text.Units;
import io.segue.coordinator.backup.BackupProgress;
import io.segue.protocol.backup.PartitionOutcome;
import io.segue.protocol.backup.PartitionRange;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A backup's progress for people. The total counts offsets: with compaction and transactions there are fewer records. */
final class ShownProgress implements BackupProgress {
    private final ProgressReporter reporter;
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile long offsets;

    ShownProgress(ProgressReporter reporter) {
        this.reporter = reporter;
    }

    @Override
    public void planned(List<PartitionRange> ranges, List<String> warnings) {
        offsets = ranges.stream().mapToLong(PartitionRange::offsets).sum();
        warnings.forEach(warning -> reporter.say("Warning: " + warning));
        reporter.say("Backing up " + Units.count(ranges.size(), "partition") + ", at most "
                + Units.count(offsets, "record"));
    }

    @Override
    public void advanced(TopicPartition partition, long moreRecords, long moreBytes) {
        long totalRecords = records.addAndGet(moreRecords);
        long totalBytes = bytes.addAndGet(moreBytes);
        reporter.show(new Progress("backing up", totalRecords, offsets, totalBytes, 0));
    }

    @Override
    public void ended(TopicPartition partition, PartitionOutcome outcome) {
        if (outcome instanceof PartitionOutcome.Failed failed) {
            reporter.say("Failed: " + failed.message());
        }
    }
}
