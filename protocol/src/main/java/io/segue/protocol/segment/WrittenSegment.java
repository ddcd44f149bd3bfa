package io.segue.protocol.segment;

import java.nio.file.Path;

/**
 * A finished segment in a local file.
 *
 * @param minTimestamp lowest of its records, epoch milliseconds
 * @param maxTimestamp highest of its records
 * @param uncompressedSize bytes of the record stream
 * @param fileSize bytes of the file
 */
public record WrittenSegment(
        Path file, SegmentHeader header, long minTimestamp, long maxTimestamp, long uncompressedSize, long fileSize) {
    /** Its storage key, named after its first offset, as the peer does it. */
    public static String key(String backupId, String topic, int partition, SegmentHeader header) {
        return key(backupId, topic, partition, 1, header);
    }

    /**
     * Its storage key as written by one of several attempts. Two attempts at a partition may write the same
     * first offset: the keys of later ones say which attempt it was.
     *
     * @param attempt from 1
     */
    public static String key(String backupId, String topic, int partition, int attempt, SegmentHeader header) {
        return String.format(
                "%s/topics/%s/partition=%d/segment-%020d%s.bin%s",
                backupId,
                topic,
                partition,
                header.startOffset(),
                attempt == 1 ? "" : "-" + attempt,
                header.compression().extension());
    }
}
