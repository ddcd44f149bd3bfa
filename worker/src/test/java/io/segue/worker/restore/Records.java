package io.segue.worker.restore;

import io.segue.protocol.segment.SegmentRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Records as tests need them: each says its own source offset. */
public final class Records {
    /** Of the record at offset 0; the others follow a millisecond apart. */
    static final long TIME = 1_696_000_000_000L;

    private Records() {}

    public static SegmentRecord at(long offset) {
        return at(offset, TIME + offset);
    }

    static SegmentRecord at(long offset, long timestamp) {
        return new SegmentRecord(offset, timestamp, utf8("key-" + offset % 3), utf8("value-" + offset), List.of());
    }

    /** Consecutive ones, both ends inclusive. */
    public static List<SegmentRecord> range(long first, long last) {
        List<SegmentRecord> records = new ArrayList<>();
        for (long offset = first; offset <= last; offset++) {
            records.add(at(offset));
        }
        return records;
    }

    static List<Long> offsets(List<SegmentRecord> records) {
        return records.stream().map(SegmentRecord::offset).toList();
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
