package io.segue.coordinator.restore;

import io.segue.coordinator.groups.SourceCommits;
import io.segue.coordinator.preflight.Preflight;
import io.segue.protocol.manifest.GroupSnapshot;
import io.segue.protocol.manifest.GroupSnapshotJson;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.manifest.SourceRecord;
import io.segue.protocol.manifest.SourceRecordJson;
import io.segue.protocol.store.ObjectStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The documents of one backup.
 *
 * @param manifestSha256 hex digest of what the manifest says, as this program writes it
 * @param source what Segue stored beside the peer's files; absent in an archive of the peer
 * @param groups the peer's group snapshot, where there is one
 */
public record BackupArchive(
        Manifest manifest, String manifestSha256, Optional<SourceRecord> source, Optional<GroupSnapshot> groups) {
    /** Reads and checks them. */
    public static BackupArchive load(ObjectStore store, String backupId) {
        Manifest manifest = ManifestJson.load(store, backupId);
        return new BackupArchive(
                manifest,
                sha256(manifest),
                SourceRecordJson.load(store, backupId),
                GroupSnapshotJson.load(store, backupId));
    }

    /** As a preflight looks at it. */
    public Preflight.Archive forPreflight() {
        return new Preflight.Archive(manifest, source, SourceCommits.of(source, groups));
    }

    /** Id of the source cluster, empty if the archive does not know it. */
    public String sourceClusterId() {
        String ofManifest = manifest.sourceClusterId();
        return source.map(SourceRecord::clusterId).orElse(ofManifest == null ? "" : ofManifest);
    }

    /** Hex digest of what a manifest says, as this program writes it. */
    public static String sha256(Manifest manifest) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(ManifestJson.write(manifest)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
