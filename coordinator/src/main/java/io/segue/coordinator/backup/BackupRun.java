package io.segue.coordinator.backup;

import io.segue.protocol.backup.PartitionBackups;
import io.segue.protocol.config.BackupConfig;
import io.segue.protocol.config.TopicFilter;
import io.segue.protocol.kafka.KafkaCluster;
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
import io.segue.protocol.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One backup, from the first offsets to the last stable ones.
 *
 * <ol>
 *   <li>Refuse where a backup of that id exists, or a topic named in the configuration does not.
 *   <li>Capture the groups, then the ends of the logs.
 *   <li>Store the partitions, the largest first.
 *   <li>Write groups, source and report beside them, and the manifest last: without a manifest there is no backup.
 * </ol>
 */
public final class BackupRun {
    private final KafkaCluster source;
    private final ObjectStore store;
    private final PartitionBackups worker;
    private final Time time;

    public BackupRun(KafkaCluster source, ObjectStore store, PartitionBackups worker, Time time) {
        this.source = source;
        this.store = store;
        this.worker = worker;
        this.time = time;
    }

    /**
     * Runs it, and blocks meanwhile.
     *
     * @param stop asked between reads; true: stop cleanly
     * @throws io.segue.protocol.kafka.KafkaFailure if the source cannot be asked
     * @throws io.segue.protocol.store.StoreException if the documents cannot be stored
     */
    public BackupResult run(
            String backupId, TopicFilter filter, BackupConfig config, BackupProgress progress, BooleanSupplier stop) {
        if (store.size(Manifest.key(backupId)).isPresent()) {
            return alreadyThere(backupId);
        }
        BackupTopics selection = BackupTopics.of(source.topics().values(), filter, config);
        if (!selection.missing().isEmpty()) {
            return new BackupResult.Refused("source.topics.include names topics that the source does not have: "
                    + String.join(", ", selection.missing()) + "; correct the names or remove them");
        }
        if (selection.topics().isEmpty()) {
            return new BackupResult.Refused("no topic of the source matches source.topics; check include and exclude");
        }
        Capture capture = new SourceCapture(source, time).take(selection.topics(), config.consumerGroupSnapshot());
        progress.planned(capture.plan(), capture.warnings());
        var outcomes = new PartitionPool(worker, progress, stop).run(capture.plan(), config.maxConcurrentPartitions());
        return conclude(backupId, config, capture, new ManifestAssembly(selection.topics(), outcomes));
    }

    private BackupResult conclude(String backupId, BackupConfig config, Capture capture, ManifestAssembly end) {
        if (end.stopped()) {
            return new BackupResult.Interrupted();
        }
        if (end.nothing()) {
            return new BackupResult.Failed(end.failures());
        }
        List<String> warnings = new ArrayList<>(capture.warnings());
        warnings.addAll(end.gapWarnings());
        BackupReport report =
                new BackupReport(backupId, time.wallMillis(), end.records(), end.bytes(), warnings, end.failures());
        Manifest manifest = new Manifest(
                backupId,
                capture.source().takenAt(),
                capture.source().clusterId(),
                List.of(),
                config.compression().word(),
                end.manifestTopics());
        if (config.consumerGroupSnapshot()) {
            store.put(GroupSnapshot.key(backupId), GroupSnapshotJson.write(capture.snapshot()));
        }
        store.put(SourceRecord.key(backupId), SourceRecordJson.write(capture.source()));
        store.put(BackupReport.key(backupId), BackupReportJson.write(report));
        return store.putIfAbsent(Manifest.key(backupId), ManifestJson.write(manifest)) == PutResult.WRITTEN
                ? new BackupResult.Written(report)
                : alreadyThere(backupId);
    }

    private BackupResult alreadyThere(String backupId) {
        return new BackupResult.Refused(store.describe() + " already has a backup " + backupId + " ("
                + Manifest.key(backupId) + "); choose another backup_id");
    }
}
