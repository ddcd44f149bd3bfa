package io.segue.cli.restore;

import io.segue.cli.progress.Progress;
import io.segue.cli.progress.ProgressReporter;
import io.segue.coordinator.jobs.JobListener;

/** Shows on the terminal what a restore does. */
final class ShownRestore implements JobListener {
    private final ProgressReporter reporter;
    private final String word;
    private long totalRecords;
    private long records;
    private long bytes;

    /** @param word what is being done, beside the bar */
    ShownRestore(ProgressReporter reporter, String word) {
        this.reporter = reporter;
        this.word = word;
    }

    @Override
    public synchronized void phase(String title) {
        reporter.finish();
        reporter.say(title);
    }

    @Override
    public synchronized void said(String line) {
        reporter.say("  " + line);
    }

    @Override
    public synchronized void expected(long expectedRecords, long storedBytes) {
        totalRecords = expectedRecords;
        reporter.say("  " + JobListener.inWords(expectedRecords, storedBytes));
    }

    @Override
    public synchronized void allMoved() {
        totalRecords = records;
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
        reporter.show(new Progress(word, records, totalRecords, bytes, 0));
    }
}
