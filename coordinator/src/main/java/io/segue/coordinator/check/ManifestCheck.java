package io.segue.coordinator.check;

import io.segue.coordinator.check.ValidationReport.Finding;
import io.segue.coordinator.check.ValidationReport.Kind;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Gap;
import io.segue.protocol.manifest.Manifest.Partition;
import io.segue.protocol.manifest.Manifest.Segment;
import io.segue.protocol.manifest.Manifest.Topic;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks a backup without reading its segments.
 *
 * <ol>
 *   <li>The manifest: segments of a partition follow each other without overlap, and hold no more records than offsets.
 *   <li>Each segment: its key is one, it is there, and as long as the manifest says.
 *   <li>The documents beside it: {@link SideFiles}.
 *   <li>What the manifest may have lost: {@link Strays}.
 * </ol>
 *
 * Used once, by one thread.
 */
public final class ManifestCheck {
    private static final int MOST_OBJECTS = 5_000_000;

    private final ObjectStore store;
    private final String backupId;
    private final Manifest manifest;
    private final Map<String, Long> sizes = new TreeMap<>();
    private final Set<String> named = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> missing = new HashSet<>();

    private ManifestCheck(ObjectStore store, String backupId, Manifest manifest) {
        this.store = store;
        this.backupId = backupId;
        this.manifest = manifest;
    }

    /**
     * What stands there, and which segments cannot be read.
     *
     * @param missing keys of segments that are not there, or under which none can be
     */
    record Result(List<Finding> findings, Set<String> missing) {}

    /** The report of this check alone. */
    public static ValidationReport run(ObjectStore store, String backupId, Manifest manifest) {
        List<Finding> findings = check(store, backupId, manifest).findings();
        return new ValidationReport(
                false,
                0,
                0,
                findings,
                findings.stream()
                        .filter(finding -> finding.kind() == Kind.DAMAGE)
                        .count());
    }

    static Result check(ObjectStore store, String backupId, Manifest manifest) {
        return new ManifestCheck(store, backupId, manifest).check();
    }

    private Result check() {
        store.list(backupId + "/", MOST_OBJECTS).forEach(each -> sizes.put(each.key(), each.size()));
        if (!manifest.backupId().equals(backupId)) {
            findings.add(Finding.ofBackup(
                    Kind.REMARK, Manifest.key(backupId), "says that it is the backup " + manifest.backupId()));
        }
        for (Topic topic : manifest.topics()) {
            topic.partitions().forEach(partition -> check(topic.at(partition), partition));
        }
        SideFiles.Result beside = SideFiles.check(store, backupId, manifest, sizes.keySet());
        findings.addAll(beside.findings());
        findings.addAll(Strays.find(backupId, manifest, beside.completeness(), sizes.keySet()));
        findings.sort(Finding.ORDER);
        return new Result(List.copyOf(findings), missing);
    }

    private void check(TopicPartition at, Partition partition) {
        checkOrder(at, partition);
        for (Gap gap : partition.gaps()) {
            String offsets = "offsets " + gap.startOffset() + " to " + (gap.endOffset() - 1);
            find(Kind.GAP, at, Manifest.key(backupId), offsets + " could not be read: " + gap.reason());
        }
        partition.segments().forEach(segment -> check(at, segment));
    }

    private void checkOrder(TopicPartition at, Partition partition) {
        long end = -1;
        for (Segment segment : partition.segments()) {
            if (segment.startOffset() <= end) {
                find(
                        Kind.DAMAGE,
                        at,
                        segment.key(),
                        "begins at offset " + segment.startOffset() + ", but the segment before it ends at " + end);
            }
            if (segment.endOffset() < segment.startOffset()
                    || segment.recordCount() > segment.endOffset() - segment.startOffset() + 1) {
                find(
                        Kind.DAMAGE,
                        at,
                        segment.key(),
                        "cannot hold " + segment.recordCount() + " records at offsets " + segment.startOffset() + " to "
                                + segment.endOffset() + ", as the manifest says");
            }
            end = Math.max(end, segment.endOffset());
        }
    }

    private void check(TopicPartition at, Segment segment) {
        if (!named.add(segment.key())) {
            find(Kind.DAMAGE, at, segment.key(), "is named twice by the manifest");
        }
        Optional<Long> size;
        try {
            // A copied backup keeps its keys, which then lie outside its own prefix.
            size = Optional.ofNullable(sizes.get(segment.key())).or(() -> store.size(segment.key()));
        } catch (StoreException.BadKey e) {
            missing.add(segment.key());
            find(Kind.DAMAGE, at, segment.key(), "cannot be the key of a segment: " + e.getMessage());
            return;
        }
        if (size.isEmpty()) {
            missing.add(segment.key());
            find(Kind.DAMAGE, at, segment.key(), "is missing");
        } else if (segment.compressedSize() > 0 && size.get() != segment.compressedSize()) {
            find(
                    Kind.DAMAGE,
                    at,
                    segment.key(),
                    "has " + size.get() + " bytes, the manifest says " + segment.compressedSize());
        }
    }

    private void find(Kind kind, TopicPartition at, String key, String message) {
        findings.add(new Finding(kind, at, key, message));
    }
}
