package io.segue.worker.append.wire;

import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.worker.append.EncodedBatch;
import io.segue.worker.append.HeadFill;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batches of empty records, as many to a batch as a broker takes: half a million are 4 MB before compression and less than
 * one after it. The last one built is kept, for it is sent again and again.
 */
public final class FillerBatches implements HeadFill.Batches {
    private static final int MOST = 500_000;
    /** What {@link BatchEncoder} counts for a record without content, and room to spare. */
    private static final int BYTES_PER_RECORD = 48;

    private final long timestamp;
    private @Nullable EncodedBatch kept;

    /** @param timestamp of the records, epoch milliseconds */
    public FillerBatches(long timestamp) {
        this.timestamp = timestamp;
    }

    @Override
    public EncodedBatch atMost(long count) {
        int wanted = (int) Math.min(count, MOST);
        EncodedBatch batch = kept;
        if (batch == null || batch.count() != wanted) {
            BatchEncoder encoder = new BatchEncoder(BatchCompression.ZSTD, wanted * BYTES_PER_RECORD);
            for (int i = 0; i < wanted; i++) {
                encoder.add(new SegmentRecord(i, timestamp, null, null, List.of()));
            }
            batch = encoder.take();
            kept = batch;
        }
        return batch;
    }
}
