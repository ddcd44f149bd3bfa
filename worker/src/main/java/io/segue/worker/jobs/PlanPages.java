package io.segue.worker.jobs;

import io.segue.protocol.job.CheckTask;
import io.segue.protocol.job.CompareTask;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.RehearsalTask;
import io.segue.protocol.job.RestoreTask;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pages of the plans of all jobs, which are immutable, kept from one task to the next: the least lately used go when all
 * together hold more than {@link #MOST} tasks and segments. Used by many threads.
 */
final class PlanPages {
    /** About 50 MB. */
    static final int MOST = 250_000;

    private final JobStore jobs;
    private final int most;
    private final Map<Key, Page> pages = new LinkedHashMap<>(64, 0.75f, true);
    private long held;

    private record Key(String jobId, int page) {}

    private record Page(Map<String, JobTask> tasks, long size) {}

    PlanPages(JobStore jobs, int most) {
        this.jobs = jobs;
        this.most = most;
    }

    /**
     * A task of a plan.
     *
     * @throws IllegalStateException if the page has none of that id
     */
    JobTask task(String jobId, int page, String taskId) {
        JobTask task = page(new Key(jobId, page)).tasks().get(taskId);
        if (task == null) {
            throw new IllegalStateException("page " + page + " of the plan of " + jobId + " has no task " + taskId);
        }
        return task;
    }

    /** Of those who want one page at a time the first reads it, the others wait. */
    private synchronized Page page(Key key) {
        Page known = pages.get(key);
        if (known == null) {
            known = read(key);
            pages.put(key, known);
            held += known.size();
            forgetOldest();
        }
        return known;
    }

    /** A page that is too large alone is kept alone. */
    private void forgetOldest() {
        Iterator<Page> oldest = pages.values().iterator();
        while (held > most && pages.size() > 1) {
            held -= oldest.next().size();
            oldest.remove();
        }
    }

    private Page read(Key key) {
        Map<String, JobTask> tasks = new HashMap<>();
        long size = 0;
        for (JobTask task : jobs.page(key.jobId(), key.page()).tasks()) {
            tasks.put(task.id(), task);
            size += 1 + segments(task);
        }
        return new Page(Map.copyOf(tasks), size);
    }

    private static int segments(JobTask task) {
        if (task instanceof RestoreTask restore) {
            return restore.segmentCount();
        }
        if (task instanceof RehearsalTask rehearsal) {
            return rehearsal.restore().segmentCount()
                    + rehearsal.commits().size() * rehearsal.restore().inputs().size();
        }
        if (task instanceof CompareTask compare) {
            return compare.restored().segmentCount();
        }
        return task instanceof CheckTask check ? check.segments().size() : 0;
    }
}
