package io.segue.worker.restore;

import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import io.segue.protocol.segment.TransactionMarker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Which records of the archive are restored, and what is added to them. Pure. */
final class Selection {
    private final long from;
    private final long to;
    private final boolean offsetHeaders;
    private final boolean dropMarkers;
    private final TopicPartition source;
    private final String sourceCluster;

    /** @param sourceCluster id of the source cluster, empty if the archive does not know it */
    Selection(RestoreSpec spec, TopicPartition source, String sourceCluster) {
        Long windowStart = spec.selected().windowStart();
        Long windowEnd = spec.selected().windowEnd();
        this.from = windowStart == null ? Long.MIN_VALUE : windowStart;
        this.to = windowEnd == null ? Long.MAX_VALUE : windowEnd;
        this.offsetHeaders = spec.offsetHeaders();
        this.dropMarkers = spec.selected().dropMarkers();
        this.source = source;
        this.sourceCluster = sourceCluster;
    }

    /** The window is inclusive at both ends. */
    boolean selects(SegmentRecord record) {
        return from <= record.timestamp()
                && record.timestamp() <= to
                && !(dropMarkers && TransactionMarker.looksLike(record));
    }

    /** The record as it goes to the target: with {@code x-kafka-backup-*} headers behind its own, where asked for. */
    SegmentRecord outgoing(SegmentRecord record) {
        if (!offsetHeaders) {
            return record;
        }
        List<RecordHeader> headers = new ArrayList<>(record.headers());
        headers.add(header("x-kafka-backup-offset", Long.toString(record.offset())));
        headers.add(header("x-kafka-backup-partition", Integer.toString(source.partition())));
        headers.add(header("x-kafka-backup-timestamp", Long.toString(record.timestamp())));
        if (!sourceCluster.isEmpty()) {
            headers.add(header("x-kafka-backup-cluster", sourceCluster));
        }
        return new SegmentRecord(record.offset(), record.timestamp(), record.key(), record.value(), headers);
    }

    private static RecordHeader header(String name, String value) {
        return new RecordHeader(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }
}
