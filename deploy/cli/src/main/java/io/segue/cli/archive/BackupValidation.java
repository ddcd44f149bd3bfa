package io.segue.cli.archive;

import io.segue.cli.archive.ValidationReport.Finding;
import io.segue.cli.archive.ValidationReport.Kind;
import io.segue.cli.progress.Progress;
import io.segue.cli.progress.ProgressReporter;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Gap;
import io.segue.protocol.manifest.Manifest.Partition;
import io.segue.protocol.manifest.Manifest.Segment;
import io.segue.protocol.manifest.Manifest.Topic;
import io.segue.protocol.store.ObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks a backup against its manifest.
 *
 * <ol>
 *   <li>The manifest: segments of a partition follow each other without overlap, and hold no more records than offsets.
 *   <li>Each segment: it is there, and as long as the manifest says.
 *   <li>Deep: each segment is read to its last record; its checksum, header, count and offsets agree.
 * </ol>
 *
 * One damaged segment does not end the check of the others. Used once, by one thread.
 */
final class BackupValidation {
    private static final int MOST_OBJECTS = 5_000_000;

    private final ObjectStore store;
    private final Manifest manifest;
    private final Optional<SegmentAudit> deep;
    private final ProgressReporter progress;
    private final BackupSummary summary;
    private final List<Finding> findings = new ArrayList<>();
    private Map<String, Long> sizes = Map.of();
    private long bytesDone;
    private int segmentsRead;
    private long recordsRead;

    BackupValidation(ObjectStore store, Manifest manifest, Optional<SegmentAudit> deep, ProgressReporter progress) {
        this.store = store;
        this.manifest = manifest;
        this.deep = deep;
        this.progress = progress;
        this.summary = BackupSummary.of(manifest);
    }

    ValidationReport run() {
        sizes = listed();
        for (Topic topic : manifest.topics()) {
            for (Partition partition : topic.partitions()) {
                check(topic.at(partition), partition);
            }
        }
        return new ValidationReport(summary, deep.isPresent(), segmentsRead, recordsRead, findings);
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
        for (Segment segment : partition.segments()) {
            check(at, segment);
            bytesDone += segment.compressedSize();
            progress.show(new Progress("validating", recordsRead, 0, bytesDone, summary.bytes()));
        }
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
            find(Kind.DAMAGE, at, segment.key(), "is missing");
            return;
        }
        if (segment.compressedSize() > 0 && size.get() != segment.compressedSize()) {
            find(
                    Kind.DAMAGE,
                    at,
                    segment.key(),
                    "has " + size.get() + " bytes, the manifest says " + segment.compressedSize());
        }
        deep.ifPresent(audit -> {
            SegmentAudit.Result result = audit.read(segment, size.get());
            result.damage().ifPresent(message -> find(Kind.DAMAGE, at, segment.key(), message));
            result.remarks().forEach(message -> find(Kind.REMARK, at, segment.key(), message));
            segmentsRead++;
            recordsRead += result.records();
        });
    }

    private void find(Kind kind, TopicPartition at, String key, String message) {
        findings.add(new Finding(kind, at, key, message));
    }
}
