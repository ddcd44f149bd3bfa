package io.segue.cli.jobs;

import io.segue.cli.progress.Progress;
import io.segue.cli.progress.ProgressReporter;
import io.segue.coordinator.jobs.JobListener;

/**
 * Shows on the terminal what a job in this process does. The share of the whole is that of stored bytes where they are
 * known, else of records.
 */
public final class ShownJob implements JobListener {
    private final ProgressReporter reporter;
    private final String word;
    private long totalRecords;
    private long totalBytes;
    private long records;
    private long bytes;

    /** @param word what the job is at: {@code backing up} */
    public ShownJob(ProgressReporter reporter, String word) {
        this.reporter = reporter;
        this.word = word;
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
        totalRecords = storedBytes > 0 ? 0 : expectedRecords;
        totalBytes = storedBytes;
    }

    @Override
    public synchronized void allMoved() {
        totalRecords = totalBytes > 0 ? 0 : records;
        totalBytes = totalBytes > 0 ? bytes : 0;
        if (records > 0) {
            show();
        }
        reporter.finish();
    }

    @Override
    public synchronized void advanced(long moreRecords, long moreBytes) {
        records += moreRecords;
        bytes += moreBytes;
        show();
    }

    private void show() {
        reporter.show(new Progress(word, records, totalRecords, bytes, totalBytes));
    }
}
