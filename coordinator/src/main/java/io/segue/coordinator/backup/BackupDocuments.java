package io.segue.coordinator.backup;

import io.segue.protocol.job.BackupSpec;
import io.segue.protocol.manifest.BackupReport;
import io.segue.protocol.manifest.BackupReportJson;
import io.segue.protocol.manifest.GroupSnapshot;
import io.segue.protocol.manifest.GroupSnapshotJson;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.manifest.SourceRecord;
import io.segue.protocol.manifest.SourceRecordJson;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.ObjectStore.PutResult;
import java.util.List;

/** The documents of a backup, written when all its segments are there. */
final class BackupDocuments {
    private final ObjectStore storage;
    private final BackupSpec spec;
    private final Capture capture;

    BackupDocuments(ObjectStore storage, BackupSpec spec, Capture capture) {
        this.storage = storage;
        this.spec = spec;
        this.capture = capture;
    }

    /** Writes them, the manifest last; false, and nothing is written, if there is a manifest that is not of this job. */
    boolean write(ManifestAssembly parts, List<String> warnings, long now) {
        Manifest manifest = new Manifest(
                spec.backupId(),
                capture.source().takenAt(),
                capture.source().clusterId(),
                List.of(),
                spec.segments().compression().word(),
                parts.manifestTopics());
        boolean there = storage.size(Manifest.key(spec.backupId())).isPresent();
        if (there && !completes(ManifestJson.load(storage, spec.backupId()), manifest)) {
            return false;
        }
        if (spec.groups()) {
            storage.put(GroupSnapshot.key(spec.backupId()), GroupSnapshotJson.write(capture.snapshot()));
        }
        storage.put(SourceRecord.key(spec.backupId()), SourceRecordJson.write(capture.source()));
        storage.put(
                BackupReport.key(spec.backupId()),
                BackupReportJson.write(new BackupReport(
                        spec.backupId(), now, parts.records(), parts.bytes(), warnings, parts.failures())));
        byte[] content = ManifestJson.write(manifest);
        if (there) {
            storage.put(Manifest.key(spec.backupId()), content);
            return true;
        }
        return storage.putIfAbsent(Manifest.key(spec.backupId()), content) == PutResult.WRITTEN
                || completes(ManifestJson.load(storage, spec.backupId()), manifest);
    }

    /** True if a manifest is an earlier one of this job: of the same capture, with nothing that is not in the new one. */
    static boolean completes(Manifest earlier, Manifest now) {
        return earlier.createdAt() == now.createdAt()
                && String.valueOf(earlier.sourceClusterId()).equals(String.valueOf(now.sourceClusterId()))
                && earlier.topics().stream()
                        .allMatch(topic -> now.topic(topic.name())
                                .filter(same -> same.partitions().containsAll(topic.partitions()))
                                .isPresent());
    }
}
