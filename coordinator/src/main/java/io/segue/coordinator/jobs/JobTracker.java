package io.segue.coordinator.jobs;

import io.segue.protocol.job.JobRequest;
import io.segue.protocol.job.view.JobView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the leader shows of a job that it works on. Told by many threads. */
final class JobTracker implements JobListener {
    private final JobRequest request;
    private final int epoch;
    private final Deque<String> lines = new ArrayDeque<>();
    private JobHistory history = JobHistory.of(List.of());
    private JobView.@Nullable Outcome outcome;
    private JobView.Tasks tasks = new JobView.Tasks(0, 0, 0, 0);
    private String phase = "";
    private long saidBefore;
    private long recordsTotal;
    private long records;
    private long bytes;
    private boolean changed = true;

    JobTracker(JobRequest request, int epoch) {
        this.request = request;
        this.epoch = epoch;
    }

    /** @param end null if the job has not ended */
    synchronized void stands(JobHistory now, JobView.@Nullable Outcome end) {
        history = now;
        outcome = end;
        changed = true;
    }

    @Override
    public synchronized void phase(String title) {
        phase = title;
        say(title);
    }

    @Override
    public synchronized void said(String line) {
        say("  " + line);
    }

    private void say(String line) {
        lines.addLast(line);
        if (lines.size() > JobView.Log.MAX_LINES) {
            lines.removeFirst();
            saidBefore++;
        }
        changed = true;
    }

    @Override
    public synchronized void expected(long expectedRecords, long storedBytes) {
        recordsTotal = expectedRecords;
        records = 0;
        bytes = 0;
        said(JobListener.inWords(expectedRecords, storedBytes));
    }

    @Override
    public synchronized void advanced(long moreRecords, long moreBytes) {
        records += moreRecords;
        bytes += moreBytes;
        changed = true;
    }

    @Override
    public synchronized void allMoved() {
        recordsTotal = records;
        changed = true;
    }

    @Override
    public synchronized void tasks(int total, int done, int running, int failed) {
        tasks = new JobView.Tasks(total, done, running, failed);
        changed = true;
    }

    /** What has been moved, to see whether there is any progress. */
    synchronized long moved() {
        return records + bytes + tasks.done();
    }

    synchronized JobView.Progress progress() {
        return new JobView.Progress(phase, records, recordsTotal, bytes, tasks);
    }

    /** Another leader saw it end, so far. */
    synchronized void ended(JobView.Progress progress) {
        phase = progress.phase();
        records = progress.recordsDone();
        recordsTotal = progress.recordsTotal();
        bytes = progress.bytesDone();
        tasks = progress.tasks();
        changed = true;
    }

    synchronized JobView view() {
        return JobViews.of(
                request, history, progress(), new JobView.Log(epoch, saidBefore, List.copyOf(lines)), outcome);
    }

    /** The view, if it is another one than at the last call. */
    synchronized Optional<JobView> changed() {
        if (!changed) {
            return Optional.empty();
        }
        changed = false;
        return Optional.of(view());
    }
}
