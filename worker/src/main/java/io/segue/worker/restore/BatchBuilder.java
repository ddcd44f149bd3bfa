package io.segue.worker.restore;

import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.job.RestoreTask.Preserve;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.worker.append.RecordChecksum;
import io.segue.worker.append.wire.BatchEncoder;
import org.jspecify.annotations.Nullable;

/** Cuts the sequence of a task into batches by bytes, and before gaps that are to be filled. */
final class BatchBuilder {
    /** Below the brokers' default limit of 1 048 588 bytes whatever the codec adds. */
    static final int BATCH_BYTES = 900_000;

    private final RecordSequence sequence;
    private final BatchEncoder encoder;
    private final GapBudget gaps;

    /** @param preserve null if source offsets are not kept */
    BatchBuilder(RecordSequence sequence, @Nullable Preserve preserve, BatchCompression codec, int batchBytes) {
        this.sequence = sequence;
        SegmentRecord first = sequence.peek();
        this.gaps = GapBudget.of(preserve, first == null ? 0 : first.offset());
        this.encoder = new BatchEncoder(codec, batchBytes);
    }

    /** The next batch, or null at the end of the sequence. */
    @Nullable
    SourceBatch next() {
        SegmentRecord record = sequence.peek();
        if (record == null) {
            return null;
        }
        long firstOrdinal = sequence.ordinal();
        ReadPosition resume = sequence.position();
        SourceRuns offsets = new SourceRuns();
        long payload = 0;
        SegmentRecord last = record;
        gaps.take(record.offset());
        boolean placed = gaps.lasts();
        while (record != null && encoder.hasRoomFor(record)) {
            encoder.add(record);
            offsets.add(sequence.input(), record.offset());
            payload += record.payloadBytes();
            last = record;
            sequence.next();
            record = sequence.peek();
            if (record != null && gaps.breaksBefore(record.offset())) {
                break;
            }
            if (record != null && encoder.hasRoomFor(record)) {
                gaps.take(record.offset());
            }
        }
        return new SourceBatch(encoder.take(), firstOrdinal, offsets, resume, checksum(last), payload, placed);
    }

    static int checksum(SegmentRecord record) {
        RecordChecksum checksum = new RecordChecksum(record.timestamp(), record.key(), record.value());
        record.headers().forEach(header -> checksum.header(header.key(), header.value()));
        return checksum.value();
    }
}
