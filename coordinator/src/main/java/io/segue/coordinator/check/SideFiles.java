package io.segue.coordinator.check;

import io.segue.coordinator.check.ValidationReport.Finding;
import io.segue.coordinator.check.ValidationReport.Kind;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.BackupReport;
import io.segue.protocol.manifest.BackupReportJson;
import io.segue.protocol.manifest.GroupSnapshot;
import io.segue.protocol.manifest.GroupSnapshotJson;
import io.segue.protocol.manifest.InvalidDocumentException;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Segment;
import io.segue.protocol.manifest.SourceRecord;
import io.segue.protocol.manifest.SourceRecordJson;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Checks what stands beside a manifest: the documents can be read, those that Segue writes with every backup are there, and
 * they agree with the manifest.
 */
final class SideFiles {
    private final String backupId;
    private final Manifest manifest;
    private final Set<String> keys;
    private final List<Finding> findings = new ArrayList<>();

    private SideFiles(String backupId, Manifest manifest, Set<String> keys) {
        this.backupId = backupId;
        this.manifest = manifest;
        this.keys = keys;
    }

    /** Whether the manifest lists all that was stored. */
    enum Completeness {
        COMPLETE,
        INCOMPLETE,
        /** Nothing tells: the peer keeps no account. */
        UNKNOWN
    }

    record Result(List<Finding> findings, Completeness completeness) {}

    /** @param keys of the objects below the backup's prefix */
    static Result check(ObjectStore store, String backupId, Manifest manifest, Set<String> keys) {
        SideFiles files = new SideFiles(backupId, manifest, keys);
        return new Result(files.findings, files.check(store));
    }

    private Completeness check(ObjectStore store) {
        String sourceKey = SourceRecord.key(backupId);
        String reportKey = BackupReport.key(backupId);
        Optional<SourceRecord> source = read(sourceKey, () -> SourceRecordJson.load(store, backupId));
        Optional<BackupReport> report = read(reportKey, () -> BackupReportJson.load(store, backupId));
        Optional<GroupSnapshot> groups =
                read(GroupSnapshot.key(backupId), () -> GroupSnapshotJson.load(store, backupId));
        if (Stream.of(sourceKey, reportKey, backupId + "/segue-job.json").anyMatch(keys::contains)) {
            required(sourceKey, "configs of topics and metadata of commits are lost");
            required(reportKey, "nothing tells whether the manifest lists all that was stored");
        }
        source.ifPresent(found -> compare(found, groups.isPresent()));
        report.ifPresent(this::failures);
        return report.map(this::compare).orElse(Completeness.UNKNOWN);
    }

    private <T> Optional<T> read(String key, Supplier<Optional<T>> document) {
        try {
            return document.get();
        } catch (InvalidDocumentException | StoreException.TooLarge e) {
            String message = String.valueOf(e.getMessage());
            String prefix = key + ": ";
            damage(key, message.startsWith(prefix) ? message.substring(prefix.length()) : message);
            return Optional.empty();
        }
    }

    private void required(String key, String loss) {
        if (!keys.contains(key)) {
            damage(key, "is missing: " + loss);
        }
    }

    private void compare(SourceRecord source, boolean groups) {
        source.topics().stream()
                .filter(topic -> manifest.topic(topic.name()).isEmpty())
                .forEach(topic -> damage(
                        Manifest.key(backupId),
                        "does not list the topic " + topic.name() + ", which " + SourceRecord.key(backupId) + " does"));
        String snapshot = GroupSnapshot.key(backupId);
        if (!source.groups().isEmpty() && !groups && !keys.contains(snapshot)) {
            damage(
                    snapshot,
                    "is missing, though " + SourceRecord.key(backupId) + " has the offsets of "
                            + source.groups().size() + " groups");
        }
    }

    private void failures(BackupReport report) {
        report.failures()
                .forEach(failure -> findings.add(new Finding(
                        Kind.GAP,
                        new TopicPartition(failure.topic(), failure.partition()),
                        BackupReport.key(backupId),
                        "was not stored: " + failure.message())));
    }

    private Completeness compare(BackupReport report) {
        long records = segments().mapToLong(Segment::recordCount).sum();
        long bytes = segments().mapToLong(Segment::compressedSize).sum();
        if (records == report.records() && bytes == report.bytes()) {
            return Completeness.COMPLETE;
        }
        damage(
                Manifest.key(backupId),
                "lists " + records + " records in " + bytes + " bytes, but " + report.records() + " in "
                        + report.bytes() + " bytes were stored, as " + BackupReport.key(backupId) + " says");
        return Completeness.INCOMPLETE;
    }

    private Stream<Segment> segments() {
        return manifest.topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .flatMap(partition -> partition.segments().stream());
    }

    private void damage(String key, String message) {
        findings.add(Finding.ofBackup(Kind.DAMAGE, key, message));
    }
}
