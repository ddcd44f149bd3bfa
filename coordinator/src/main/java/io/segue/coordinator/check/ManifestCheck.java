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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a backup without reading its segments.
 *
 * <ol>
 *   <li>The manifest: segments of a partition follow each other without overlap, and hold no more records than offsets.
 *   <li>Each segment: it is there, and as long as the manifest says.
 * </ol>
 *
 * Used once, by one thread.
 */
public final class ManifestCheck {
    private static final int MOST_OBJECTS = 5_000_000;

    private final ObjectStore store;
    private final Manifest manifest;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> missing = new HashSet<>();
    private Map<String, Long> sizes = Map.of();

    private ManifestCheck(ObjectStore store, Manifest manifest) {
        this.store = store;
        this.manifest = manifest;
    }

    /** What stands there, and which segments do not. */
    record Result(List<Finding> findings, Set<String> missing) {}

    /** The report of this check alone. */
    public static ValidationReport run(ObjectStore store, Manifest manifest) {
        List<Finding> findings = check(store, manifest).findings();
        return new ValidationReport(
                false,
                0,
                0,
                findings,
                findings.stream()
                        .filter(finding -> finding.kind() == Kind.DAMAGE)
                        .count());
    }

    static Result check(ObjectStore store, Manifest manifest) {
        ManifestCheck check = new ManifestCheck(store, manifest);
        check.sizes = check.listed();
        for (Topic topic : manifest.topics()) {
            for (Partition partition : topic.partitions()) {
                check.check(topic.at(partition), partition);
            }
        }
        return new Result(check.findings, check.missing);
    }

    /** Sizes by key: one listing instead of a request for every segment. */
    private Map<String, Long> listed() {
        Map<String, Long> found = new HashMap<>();
        store.list(manifest.backupId() + "/", MOST_OBJECTS).forEach(each -> found.put(each.key(), each.size()));
        return found;
    }

    private void check(TopicPartition at, Partition partition) {
        checkOrder(at, partition);
        for (Gap gap : partition.gaps()) {
            String offsets = "offsets " + gap.startOffset() + " to " + (gap.endOffset() - 1);
            find(Kind.GAP, at, Manifest.key(manifest.backupId()), offsets + " could not be read: " + gap.reason());
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
        // A copied backup keeps its keys, which then lie outside its own prefix.
        Optional<Long> size = Optional.ofNullable(sizes.get(segment.key())).or(() -> store.size(segment.key()));
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
