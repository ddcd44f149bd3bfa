package io.segue.worker.backup;

import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A source log that yields what a test says, read by read; after the last it yields nothing more at the same position. */
final class ScriptedLog implements SourceLog, SourceLog.Opener {
    private final Deque<Supplier<Read>> reads = new ArrayDeque<>();
    private long position;
    private boolean closed;

    /** A read of records at these offsets, after which the position is {@code position}. */
    ScriptedLog records(long position, long... offsets) {
        return records(
                position,
                java.util.Arrays.stream(offsets).mapToObj(ScriptedLog::record).toList());
    }

    ScriptedLog records(long position, List<ConsumerRecord<byte[], byte[]>> records) {
        reads.add(() -> new Read.Records(new ArrayList<>(records), position));
        return this;
    }

    ScriptedLog then(Supplier<Read> read) {
        reads.add(read);
        return this;
    }

    static ConsumerRecord<byte[], byte[]> record(long offset) {
        return new ConsumerRecord<>(
                "orders",
                3,
                offset,
                new byte[] {1},
                ("value " + offset).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    boolean closed() {
        return closed;
    }

    @Override
    public SourceLog open(TopicPartition partition, long from) {
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
