package io.segue.worker.jobs;

import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.JobTask;
import io.segue.protocol.store.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The jobs that this process works for, each opened once however many of its tasks run. A job without a running task is
 * kept for the next one; beyond {@link #MOST_IDLE} of them the one that was idle longest is closed. So there are never more
 * than slots + {@link #MOST_IDLE}. Used by many threads.
 */
public final class OpenJobs implements AutoCloseable {
    private static final int MOST_IDLE = 4;

    private final JobStore jobs;
    private final JobConfigs configs;
    private final Function<StorageConfig, ObjectStore> stores;
    private final PlanPages pages;
    /** In the order in which they became idle, as far as they are. */
    private final Map<String, Open> open = new LinkedHashMap<>();

    private static final class Open {
        final JobResources resources;
        int uses;

        Open(JobResources resources) {
            this.resources = resources;
        }
    }

    /** A task's hold on a job. */
    public final class Use implements AutoCloseable {
        private final String jobId;
        private final JobResources resources;

        private Use(String jobId, JobResources resources) {
            this.jobId = jobId;
            this.resources = resources;
        }

        public JobResources resources() {
            return resources;
        }

        /** Called once. */
        @Override
        public void close() {
            release(jobId);
        }
    }

    /** @param stores opens a storage; this closes it */
    public OpenJobs(JobStore jobs, JobConfigs configs, Function<StorageConfig, ObjectStore> stores) {
        this.jobs = jobs;
        this.configs = configs;
        this.stores = stores;
        this.pages = new PlanPages(jobs, PlanPages.MOST);
    }

    /** Where the logs of tasks are. */
    public JobStore store() {
        return jobs;
    }

    /** @throws IllegalStateException if the plan has no such task */
    public JobTask task(String jobId, int page, String taskId) {
        return pages.task(jobId, page, taskId);
    }

    /** @throws JobUnavailableException if this process cannot work for the job */
    public synchronized Use use(String jobId) {
        Open job = open.get(jobId);
        if (job == null) {
            JobAccess access = configs.of(jobId);
            job = new Open(
                    new JobResources(jobId, jobs, access, access.storage().map(stores)));
            open.put(jobId, job);
        }
        job.uses++;
        return new Use(jobId, job.resources);
    }

    private void release(String jobId) {
        closeAll(released(jobId));
    }

    private synchronized List<Open> released(String jobId) {
        Open job = open.remove(jobId);
        if (job == null) {
            return List.of();
        }
        job.uses--;
        open.put(jobId, job);
        List<Open> surplus = new ArrayList<>();
        long idle =
                open.values().stream().filter(candidate -> candidate.uses == 0).count();
        for (Open candidate : List.copyOf(open.values())) {
            if (idle > MOST_IDLE && candidate.uses == 0) {
                open.remove(candidate.resources.jobId());
                surplus.add(candidate);
                idle--;
            }
        }
        return surplus;
    }

    /** To be called when no task runs any more. */
    @Override
    public void close() {
        List<Open> all;
        synchronized (this) {
            all = List.copyOf(open.values());
            open.clear();
        }
        closeAll(all);
    }

    private static void closeAll(List<Open> jobs) {
        jobs.forEach(job -> job.resources.close());
    }
}
