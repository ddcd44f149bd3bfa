package io.segue.cli.archive;

import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Partition;
import io.segue.protocol.manifest.Manifest.Segment;
import io.segue.protocol.text.Units;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a manifest adds up to.
 *
 * @param partitions with data
 * @param bytes of the stored objects
 */
record BackupSummary(
        String backupId, long createdAt, int topics, int partitions, int segments, long records, long bytes) {
    static BackupSummary of(Manifest manifest) {
        List<Segment> segments = partitions(manifest)
                .flatMap(partition -> partition.segments().stream())
                .toList();
        return new BackupSummary(
                manifest.backupId(),
                manifest.createdAt(),
                manifest.topics().size(),
                (int) partitions(manifest)
                        .filter(partition -> !partition.segments().isEmpty())
                        .count(),
                segments.size(),
                segments.stream().mapToLong(Segment::recordCount).sum(),
                segments.stream().mapToLong(Segment::compressedSize).sum());
    }

    /** One line; {@code store} says where it is. */
    String in(String store) {
        return "Backup " + backupId + " in " + store + ": " + Units.count(topics, "topic") + ", "
                + Units.count(segments, "segment") + ", " + Units.count(records, "record") + ", " + Units.bytes(bytes);
    }

    private static Stream<Partition> partitions(Manifest manifest) {
        return manifest.topics().stream().flatMap(topic -> topic.partitions().stream());
    }
}
