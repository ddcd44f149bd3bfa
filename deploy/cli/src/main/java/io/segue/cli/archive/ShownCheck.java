package io.segue.cli.archive;

import io.segue.cli.progress.Progress;
import io.segue.cli.progress.ProgressReporter;
import io.segue.coordinator.restore.RestoreListener;

/** A validation's progress for people. */
final class ShownCheck implements RestoreListener {
    static final String WORD = "validating";

    private final ProgressReporter reporter;
    private long totalBytes;
    private long records;
    private long bytes;

    ShownCheck(ProgressReporter reporter) {
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
        totalBytes = storedBytes;
    }

    @Override
    public synchronized void advanced(long moreRecords, long moreBytes) {
        records += moreRecords;
        bytes += moreBytes;
        reporter.show(new Progress(WORD, records, 0, bytes, totalBytes));
    }
}
