package io.segue.worker.restore;

import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A few segments of a log with gaps, some of which hold the end of the one before again.
 *
 * @param log each record once, in order: what the target is to hold
 */
record Archives(List<SegmentRecord> log, List<List<SegmentRecord>> segments) {
    private static final int MOST = 14;

    /** @param time of the first record, epoch milliseconds */
    static Archives drawn(RandomGenerator random, long time) {
        List<SegmentRecord> log = new ArrayList<>();
        long offset = random.nextInt(5);
        for (int count = random.nextInt(MOST); count > 0; count--) {
            log.add(record(random, offset, time + offset));
            offset += random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1;
        }
        List<List<SegmentRecord>> segments = new ArrayList<>();
        int from = 0;
        while (from < log.size()) {
            int to = Math.min(log.size(), from + 1 + random.nextInt(8));
            int again = random.nextInt(4) == 0 ? random.nextInt(4) : 0;
            segments.add(log.subList(Math.max(0, from - again), to));
            from = to;
        }
        return new Archives(log, segments);
    }

    /** Keys, values and headers may be missing, empty or null. */
    private static SegmentRecord record(RandomGenerator random, long offset, long timestamp) {
        List<RecordHeader> headers = random.nextInt(8) == 0
                ? List.of(new RecordHeader("h", bytes(random, "header-" + offset)), new RecordHeader("h", null))
                : List.of();
        return new SegmentRecord(
                offset, timestamp, bytes(random, "key-" + offset % 3), bytes(random, "value-" + offset), headers);
    }

    private static @Nullable ByteBuffer bytes(RandomGenerator random, String text) {
        int form = random.nextInt(10);
        return form == 0 ? null : ByteBuffer.wrap((form == 1 ? "" : text).getBytes(StandardCharsets.UTF_8));
    }
}
