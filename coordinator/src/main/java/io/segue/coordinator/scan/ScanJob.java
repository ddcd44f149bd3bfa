package io.segue.coordinator.scan;

import io.segue.coordinator.dispatch.Dispatch;
import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.restore.RunLimits;
import io.segue.coordinator.scan.ScanJobs.Scope;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.ScanSpec;
import io.segue.protocol.job.ScanTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.MappingDocument;
import io.segue.protocol.mapping.OffsetMapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A scan job: every partition read by scan tasks, and one mapping document out of all that their headers tell. */
public final class ScanJob {
    private final JobFile file;
    private final JobStore jobs;
    private final JobJournal journal;
    private final Optional<Scan> earlier;
    private final JobListener listener;
    private final RunLimits limits;

    ScanJob(
            JobFile file,
            JobStore jobs,
            JobJournal journal,
            Optional<Scan> earlier,
            JobListener listener,
            RunLimits limits) {
        this.file = file;
        this.jobs = jobs;
        this.journal = journal;
        this.earlier = earlier;
        this.listener = listener;
        this.limits = limits;
    }

    /** Runs to the end; empty if it was asked to stop before. */
    public Optional<Scan> run() throws InterruptedException {
        List<ScanTask> tasks = jobs.tasks(file.jobId(), ScanTask.class);
        listener.expected(tasks.stream().mapToLong(ScanTask::weight).sum(), 0);
        Map<String, List<TaskEvent>> logs = new Dispatch(
                        file.jobId(), jobs, limits.workers(), limits.time(), limits.tasksAtATime(), limits.stopped())
                .run(tasks, listener);
        if (limits.stopped().getAsBoolean()) {
            journal.append(new JobEvent.Interrupted(journal.history().epoch(), "stopped on request"));
            return Optional.empty();
        }
        Scope scope = jobs.readDocument(file.jobId(), Scope.NAME, Scope.class)
                .orElseThrow(() -> new IllegalStateException("job " + file.jobId() + " has no " + Scope.NAME));
        return Optional.of(conclude(scope, tasks, logs));
    }

    private Scan conclude(Scope scope, List<ScanTask> tasks, Map<String, List<TaskEvent>> logs) {
        ScanMerge merge = new ScanMerge(jobs, file.jobId(), earlier);
        Map<TopicPartition, Long> ends = new TreeMap<>();
        scope.stretches().forEach((at, stretch) -> ends.put(TopicPartition.parse(at), stretch.get(1)));
        ends.forEach((at, end) -> merge.partition(
                at, end, tasks.stream().filter(task -> task.target().equals(at)).toList(), logs));
        ScanSpec spec = file.as(ScanSpec.class);
        List<ScanReport.Scanned> partitions = merge.partitions(spec);
        List<OffsetMapping> mappings = new ArrayList<>(merge.mappings(partitions));
        mappings.sort(Comparator.comparing(OffsetMapping::source).thenComparing(OffsetMapping::target));
        MappingDocument mapping = new MappingDocument(
                spec.sourceCluster() == null ? merge.cluster() : spec.sourceCluster(),
                spec.targetClusterId(),
                limits.time().wallMillis(),
                mappings);
        jobs.writeMapping(file.jobId(), mapping);
        boolean complete = partitions.stream().allMatch(ScanReport.Scanned::scanned);
        ScanReport report = new ScanReport(
                file.jobId(), complete ? JobState.COMPLETED : JobState.COMPLETED_PARTLY, scope.topicIds(), partitions);
        jobs.writeDocument(file.jobId(), ScanReport.NAME, report);
        journal.append(new JobEvent.Finished(
                report.state(),
                partitions.stream().filter(ScanReport.Scanned::scanned).count() + " of " + partitions.size()
                        + " partitions scanned",
                limits.time().wallMillis()));
        return new Scan(mapping, report);
    }
}
