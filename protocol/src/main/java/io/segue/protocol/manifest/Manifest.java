package io.segue.protocol.manifest;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.WrittenSegment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The index of a backup: {@code {backup_id}/manifest.json} of the peer (OSO kafka-backup 0.17, storage format §2).
 * Times are epoch milliseconds.
 *
 * @param sourceClusterId null in every manifest that the peer wrote; Segue fills it
 * @param compression informational; the byte in the segment's header decides
 */
public record Manifest(
        String backupId,
        long createdAt,
        @Nullable String sourceClusterId,
        List<String> sourceBrokers,
        String compression,
        List<Topic> topics) {
    public Manifest {
        sourceBrokers = List.copyOf(sourceBrokers);
        topics = List.copyOf(topics);
    }

    /** The key of the manifest of a backup. */
    public static String key(String backupId) {
        return backupId + "/manifest.json";
    }

    public Optional<Topic> topic(String name) {
        return topics.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }

    /** A topic; partitions without a segment may be absent. */
    public record Topic(String name, @Nullable Integer originalPartitionCount, List<Partition> partitions) {
        public Topic {
            partitions = List.copyOf(partitions);
        }

        /** Partitions that the source had: the recorded count, else the highest partition id + 1, else 1. */
        public int partitionCount() {
            int seen =
                    partitions.stream().mapToInt(Partition::partitionId).max().orElse(0) + 1;
            return originalPartitionCount == null ? seen : Math.max(originalPartitionCount, seen);
        }

        public TopicPartition at(Partition partition) {
            return new TopicPartition(name, partition.partitionId());
        }
    }

    /** A partition; segments in the order of their start offsets. */
    public record Partition(int partitionId, List<Segment> segments, List<Gap> gaps) {
        public Partition {
            segments = List.copyOf(segments);
            gaps = List.copyOf(gaps);
        }
    }

    /**
     * One stored object.
     *
     * @param key storage key, used as it stands
     * @param startOffset offset of the first record
     * @param endOffset offset of the last record, inclusive
     * @param startTimestamp of the first record for the peer, the lowest for Segue: excludes nothing by itself
     * @param endTimestamp of the last record for the peer, the highest for Segue: excludes nothing by itself
     * @param uncompressedSize bytes of the record stream
     * @param compressedSize bytes of the object
     */
    public record Segment(
            String key,
            long startOffset,
            long endOffset,
            long startTimestamp,
            long endTimestamp,
            long recordCount,
            long uncompressedSize,
            long compressedSize) {
        /** The entry of a segment that was stored under {@code key}. */
        public static Segment of(String key, WrittenSegment written) {
            return new Segment(
                    key,
                    written.header().startOffset(),
                    written.header().endOffset(),
                    written.minTimestamp(),
                    written.maxTimestamp(),
                    written.header().recordCount(),
                    written.uncompressedSize(),
                    written.fileSize());
        }
    }

    /** Offsets that the backup could not read: {@code startOffset} inclusive, {@code endOffset} exclusive. */
    public record Gap(long startOffset, long endOffset, String reason, long detectedAt) {}
}
