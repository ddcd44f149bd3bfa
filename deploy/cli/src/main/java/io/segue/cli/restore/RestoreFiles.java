package io.segue.cli.restore;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.restore.BackupArchive;
import io.segue.coordinator.restore.JobReport;
import io.segue.coordinator.restore.RestoreBundles;
import io.segue.coordinator.restore.RestoreRecord;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.MappingBundleJson;
import io.segue.protocol.mapping.PeerMappingJson.Detail;
import io.segue.protocol.mapping.PeerMappingJson.Times;
import io.segue.protocol.mapping.PeerRestoreReportJson;
import io.segue.protocol.mapping.PeerRestoreReportJson.Partition;
import io.segue.protocol.store.ObjectStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what a job leaves to local files in the peer's forms, with all that a later reset needs.
 *
 * @param targetServers where the job wrote to
 */
record RestoreFiles(JobStore jobs, ObjectStore backups, List<String> targetServers, Detail detail) {
    /** The mapping; returns what to tell the user. */
    String mapping(String jobId, Path file) {
        return write(
                jobId,
                "offset mapping",
                file,
                record -> out -> MappingBundleJson.write(out, bundle(record, file), detail));
    }

    /** The report; returns what to tell the user. */
    String report(JobReport report, Path file) {
        return write(
                report.jobId(),
                "restore report",
                file,
                record -> out -> PeerRestoreReportJson.write(out, peers(record, report, file), detail));
    }

    private String write(
            String jobId, String what, Path file, Function<RestoreRecord, Consumer<OutputStream>> content) {
        Optional<RestoreRecord> record = RestoreRecord.read(jobs, jobId);
        if (record.isEmpty()) {
            return "Job " + jobId + " has no offset mapping yet; " + file + " was not written";
        }
        Path parent = file.toAbsolutePath().getParent();
        try {
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                content.apply(record.get()).accept(out);
            }
            return what.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + what.substring(1) + " written to " + file;
        } catch (IOException e) {
            return "The " + what + " could not be written to " + file + ": " + e
                    + "; the mapping is in the job's state: show-offset-mapping --job " + jobId;
        }
    }

    private MappingBundle bundle(RestoreRecord record, Path file) {
        return RestoreBundles.bundle(record, backups, targetServers, file.toString());
    }

    private BackupArchive archive(RestoreRecord record) {
        return BackupArchive.load(backups, record.spec().backupId());
    }

    private PeerRestoreReportJson.Report peers(RestoreRecord record, JobReport report, Path file) {
        BackupArchive archive = archive(record);
        Map<TopicPartition, RestoreTask> tasks = jobs.tasks(report.jobId(), RestoreTask.class).stream()
                .collect(Collectors.toMap(RestoreTask::target, Function.identity()));
        List<Partition> partitions = report.partitions().stream()
                .filter(Verdict::proven)
                .flatMap(verdict -> Optional.ofNullable(tasks.get(verdict.target())).stream()
                        .map(task -> partition(task, verdict.records(), archive.manifest())))
                .toList();
        long start = jobs.find(report.jobId()).map(JobFile::createdAt).orElse(0L);
        return new PeerRestoreReportJson.Report(
                record.spec().backupId(), start, record.mapping().createdAt(), partitions, bundle(record, file));
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
