package io.segue.worker.log;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.SegmentRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** A log that yields what a test says, read by read; after the last it yields nothing more at the same position. */
public final class ScriptedLog implements RecordLog, RecordLog.Opener {
    private final Deque<Supplier<Read>> reads = new ArrayDeque<>();
    private long position;
    private boolean closed;

    /** A read of records at these offsets, after which the position is {@code position}. */
    public ScriptedLog records(long position, long... offsets) {
        return records(
                position, Arrays.stream(offsets).mapToObj(ScriptedLog::record).toList());
    }

    public ScriptedLog records(long position, List<SegmentRecord> records) {
        return then(() -> new Read.Records(List.copyOf(records), position));
    }

    public ScriptedLog then(Supplier<Read> read) {
        reads.add(read);
        return this;
    }

    public static SegmentRecord record(long offset) {
        return new SegmentRecord(
                offset,
                1_000 + offset,
                ByteBuffer.wrap(new byte[] {1}),
                ByteBuffer.wrap(("value " + offset).getBytes(StandardCharsets.UTF_8)),
                List.of());
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public RecordLog open(TopicPartition partition, long from) {
        position = from;
        return this;
    }

    @Override
    public Read read() {
        Supplier<Read> next = reads.poll();
        Read read = next == null ? new Read.Records(List.of(), position) : next.get();
        position = read.position();
        return read;
    }

    @Override
    public void close() {
        closed = true;
    }
}
