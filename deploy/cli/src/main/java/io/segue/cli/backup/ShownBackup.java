package io.segue.cli.backup;

import io.segue.cli.progress.Progress;
import io.segue.cli.progress.ProgressReporter;
import io.segue.coordinator.restore.RestoreListener;

/** A backup's progress for people. The total counts offsets: with compaction and transactions there are fewer records. */
final class ShownBackup implements RestoreListener {
    private final ProgressReporter reporter;
    private long offsets;
    private long records;
    private long bytes;

    ShownBackup(ProgressReporter reporter) {
        this.reporter = reporter;
    }

    @Override
    public synchronized void phase(String title) {
        reporter.say(title);
    }

    @Override
    public synchronized void said(String line) {
        reporter.say(line);
    }

    @Override
    public synchronized void expected(long expectedRecords, long storedBytes) {
        offsets = expectedRecords;
    }

    @Override
    public synchronized void advanced(long moreRecords, long moreBytes) {
        records += moreRecords;
        bytes += moreBytes;
        reporter.show(new Progress("backing up", records, offsets, bytes, 0));
    }
}
