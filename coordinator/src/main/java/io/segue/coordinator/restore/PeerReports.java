package io.segue.coordinator.restore;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.mapping.PeerMappingJson.Times;
import io.segue.protocol.mapping.PeerRestoreReportJson.Partition;
import io.segue.protocol.mapping.PeerRestoreReportJson.Report;
import io.segue.protocol.store.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Restores as the peer reports them. Partitions that are not proven are left out. */
public final class PeerReports {
    private PeerReports() {}

    /**
     * @param backups holds the backup that was restored
     * @param targetServers where the job wrote to
     * @param name for messages
     */
    public static Report of(
            JobStore jobs, RestoreRecord record, ObjectStore backups, List<String> targetServers, String name) {
        Manifest manifest =
                BackupArchive.load(backups, record.spec().backupId()).manifest();
        Map<TopicPartition, RestoreTask> tasks = jobs.tasks(record.jobId(), RestoreTask.class).stream()
                .collect(Collectors.toMap(RestoreTask::target, Function.identity()));
        List<Partition> partitions = record.verdicts().stream()
                .filter(Verdict::proven)
                .flatMap(verdict -> Optional.ofNullable(tasks.get(verdict.target())).stream()
                        .map(task -> partition(task, verdict.records(), manifest)))
                .toList();
        long start = jobs.find(record.jobId()).map(JobFile::createdAt).orElse(0L);
        return new Report(
                record.spec().backupId(),
                start,
                record.mapping().createdAt(),
                partitions,
                RestoreBundles.bundle(record, backups, targetServers, name));
    }

    private static Partition partition(RestoreTask task, long records, Manifest manifest) {
        List<Manifest.Segment> segments = task.sources().stream()
                .flatMap(source -> segments(manifest, source))
                .toList();
        Times times = new Times(
                segments.stream()
                        .mapToLong(Manifest.Segment::startTimestamp)
                        .min()
                        .orElse(0),
                segments.stream()
                        .mapToLong(Manifest.Segment::endTimestamp)
                        .max()
                        .orElse(0));
        return new Partition(task.sources(), task.target(), task.segmentCount(), records, task.bytes(), times);
    }

    private static Stream<Manifest.Segment> segments(Manifest manifest, TopicPartition source) {
        return manifest.topic(source.topic()).stream()
                .flatMap(topic -> topic.partitions().stream())
                .filter(partition -> partition.partitionId() == source.partition())
                .flatMap(partition -> partition.segments().stream());
    }
}
