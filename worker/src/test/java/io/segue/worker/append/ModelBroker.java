package io.segue.worker.append;

import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import io.segue.protocol.time.Time;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * The brokers' side of one partition, in memory, as far as fenced append rests on it:
 *
 * <ul>
 *   <li>the transaction coordinator counts epochs up and refuses those that are not the newest;
 *   <li>the leader refuses a batch of an older epoch than the newest it knows of that producer id, and a batch that does not
 *       follow on the last; of a producer id that it knows nothing of it takes any batch;
 *   <li>what it knows is what the log holds, less what it forgot;
 *   <li>only what is replicated is seen by readers and outlives a failover;
 *   <li>what is held up on its way arrives within {@link #REQUEST_LIFE} or never.
 * </ul>
 *
 * Batches are decoded from their bytes, checksum and all, as a broker does.
 */
public final class ModelBroker {
    /** One offset of the log. */
    public sealed interface Entry {
        WriterId writer();
    }

    /** A record, with its target offset, and the sequence number it came with. */
    public record Data(WriterId writer, int sequence, SegmentRecord record) implements Entry {
        int checksum() {
            RecordChecksum checksum = new RecordChecksum(record.timestamp(), record.key(), record.value());
            record.headers().forEach(header -> checksum.header(header.key(), header.value()));
            return checksum.value();
        }
    }

    /** A control marker. */
    public record Marker(WriterId writer) implements Entry {}

    private static final Duration REQUEST_LIFE = Duration.ofSeconds(45);

    private final long start;
    private final Time time;
    private final List<Entry> log = new ArrayList<>();
    private final List<Held> late = new ArrayList<>();
    private WriterId newest = new WriterId(7_000, (short) -1);
    private long replicated;
    private long logStart;
    private long forgottenBelow;
    private boolean fencing = true;

    private record Held(ByteBuffer bytes, long until) {}

    /** @param start first offset of the log, which is empty */
    public ModelBroker(long start, Time time) {
        this.start = start;
        this.time = time;
        this.replicated = start;
        this.logStart = start;
    }

    /** A broker that takes batches of any epoch: what fenced append must not be run on. */
    public ModelBroker withoutFencing() {
        fencing = false;
        return this;
    }

    WriterId nextWriter() {
        newest = new WriterId(newest.producerId(), (short) (newest.epoch() + 1));
        return newest;
    }

    /** The coordinator forgets the transactional id: the next writer has another producer id. */
    public void forgetTransactionalId() {
        newest = new WriterId(newest.producerId() + 1, (short) -1);
    }

    /** The leader forgets every producer, as it does where records are older than a day. */
    public void forgetProducers() {
        forgottenBelow = logEnd();
    }

    long fence(WriterId writer) {
        if (fencing && !writer.equals(newest)) {
            throw new TargetFailure("PRODUCER_FENCED: " + writer + " is not " + newest, true, null);
        }
        log.add(new Marker(writer));
        replicated = logEnd();
        return logEnd() - 1;
    }

    /** Base offset of the batch, or why it was refused. */
    Answer produce(ByteBuffer bytes) {
        RecordBatch batch =
                MemoryRecords.readableRecords(bytes).batches().iterator().next();
        batch.ensureValid();
        WriterId writer = new WriterId(batch.producerId(), batch.producerEpoch());
        String refusal = refusal(writer, batch.baseSequence());
        if (refusal != null) {
            return new Answer(-1, refusal);
        }
        long base = logEnd();
        int sequence = batch.baseSequence();
        for (Record record : batch) {
            log.add(new Data(writer, sequence++, stored(logEnd(), record)));
        }
        return new Answer(base, "");
    }

    /** What a leader says to a batch; {@code base} is −1 where it refuses. */
    record Answer(long base, String refusal) {}

    private @Nullable String refusal(WriterId writer, int sequence) {
        Entry last = null;
        for (int i = log.size() - 1; i >= Math.max(0, forgottenBelow - start) && last == null; i--) {
            last = log.get(i).writer().producerId() == writer.producerId() ? log.get(i) : null;
        }
        if (last == null || !fencing) {
            return null;
        }
        if (writer.epoch() < last.writer().epoch()) {
            return "INVALID_PRODUCER_EPOCH";
        }
        return sequence == expected(writer) ? null : "OUT_OF_ORDER_SEQUENCE_NUMBER";
    }

    /** A marker of the same epoch leaves the sequence as it is. */
    private int expected(WriterId writer) {
        for (int i = log.size() - 1; i >= Math.max(0, forgottenBelow - start); i--) {
            if (log.get(i) instanceof Data data && data.writer().equals(writer)) {
                return data.sequence() + 1;
            }
        }
        return 0;
    }

    void deleteBefore(long offset) {
        logStart = Math.max(logStart, offset);
    }

    /** Where the log starts: what is before it was deleted. */
    public long logStart() {
        return logStart;
    }

    /** A batch that waits in some buffer on its way, whatever becomes of its sender. */
    void hold(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        late.add(new Held(ByteBuffer.wrap(copy), time.nanos() + REQUEST_LIFE.toNanos()));
    }

    /** What was held arrives. */
    public void deliverLate() {
        List<Held> arriving = List.copyOf(late);
        late.clear();
        for (Held held : arriving) {
            if (time.nanos() < held.until()) {
                produce(held.bytes());
            }
        }
    }

    /** The followers catch up. */
    void replicate() {
        replicated = logEnd();
    }

    /** Another replica leads: what was not replicated is gone. */
    public void failover() {
        truncate(replicated);
    }

    /** An unclean election: everything from {@code offset} on is gone, acknowledged or not. */
    public void truncate(long offset) {
        while (logEnd() > offset) {
            log.remove(log.size() - 1);
        }
        replicated = Math.min(replicated, logEnd());
    }

    /** Somebody else produces a record, without idempotence. */
    public void foreign(SegmentRecord record) {
        log.add(new Data(new WriterId(-1, (short) -1), -1, record));
        replicate();
    }

    /** The high watermark. */
    public long end() {
        return replicated;
    }

    private long logEnd() {
        return start + log.size();
    }

    /** What readers see at an offset. */
    public Optional<Entry> at(long offset) {
        return offset < logStart || offset >= replicated
                ? Optional.empty()
                : Optional.of(log.get((int) (offset - start)));
    }

    /** The records of the log, those not replicated included. */
    public List<SegmentRecord> records() {
        return log.stream()
                .skip(logStart - start)
                .filter(Data.class::isInstance)
                .map(entry -> ((Data) entry).record())
                .toList();
    }

    public long markers() {
        return log.stream().filter(Marker.class::isInstance).count();
    }

    private static SegmentRecord stored(long offset, Record record) {
        List<RecordHeader> headers = Arrays.stream(record.headers())
                .map(header ->
                        new RecordHeader(header.key(), header.value() == null ? null : ByteBuffer.wrap(header.value())))
                .toList();
        return new SegmentRecord(offset, record.timestamp(), record.key(), record.value(), headers);
    }
}
