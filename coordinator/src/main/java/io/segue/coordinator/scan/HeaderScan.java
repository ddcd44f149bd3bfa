package io.segue.coordinator.scan;

import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.restore.RunLimits;
import io.segue.protocol.job.JobIds;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.kafka.KafkaCluster;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The offset mapping of topics, as the headers of their records tell it, whoever restored them. Reads every record; every
 * partition is labelled <i>scanned</i> or has a problem, see {@link ScanReport.Scanned}.
 */
public final class HeaderScan {
    private final JobStore jobs;
    private final KafkaCluster target;
    private final JobListener listener;
    private final RunLimits limits;

    /** @param jobs where the scan's own job is kept; its indexed mappings are read from there */
    public HeaderScan(JobStore jobs, KafkaCluster target, JobListener listener, RunLimits limits) {
        this.jobs = jobs;
        this.target = target;
        this.listener = listener;
        this.limits = limits;
    }

    /**
     * Scans all partitions of topics.
     *
     * @param sourceCluster only records that name this cluster; null: every record with an offset header
     * @return empty if a stop was asked for before the end
     */
    public Optional<Scan> of(List<String> topics, @Nullable String sourceCluster) throws InterruptedException {
        return of(ScanRequest.of(topics, sourceCluster));
    }

    /**
     * Scans as asked.
     *
     * @throws io.segue.coordinator.jobs.JobRefusedException if a topic does not exist
     */
    public Optional<Scan> of(ScanRequest request) throws InterruptedException {
        ScanJobs scans = new ScanJobs(jobs, target, listener, limits);
        long now = limits.time().wallMillis();
        String jobId = JobIds.at(JobKind.SCAN, now);
        scans.create(jobId, now, request);
        return scans.open(jobId, "pid " + ProcessHandle.current().pid(), request.earlier())
                .run();
    }
}
