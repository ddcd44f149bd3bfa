package io.segue.protocol.config;

import io.segue.protocol.segment.SegmentCompression;
import java.util.List;
import java.util.Optional;

/**
 * {@code backup:}.
 *
 * @param segmentMaxBytes a segment is closed when its uncompressed record stream reaches this
 * @param segmentMaxRecords a segment is closed at this count
 * @param includeOffsetHeaders store the peer's {@code x-original-*} headers in the segments; default false here, so that
 *     the archive is byte for byte the source
 * @param sourceClusterId what {@code x-source-cluster} carries; default: the id the cluster itself reports
 * @param consumerGroupSnapshot store the committed offsets of the groups; default true
 */
public record BackupConfig(
        long segmentMaxBytes,
        Optional<Long> segmentMaxRecords,
        SegmentCompression compression,
        int compressionLevel,
        boolean includeOffsetHeaders,
        Optional<String> sourceClusterId,
        int maxConcurrentPartitions,
        boolean consumerGroupSnapshot,
        boolean includeInternalTopics,
        List<String> internalTopics) {
    public BackupConfig {
        internalTopics = List.copyOf(internalTopics);
    }
}
