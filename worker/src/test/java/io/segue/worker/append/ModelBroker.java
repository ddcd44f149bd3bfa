package io.segue.worker.append;

import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import io.segue.protocol.time.Time;
import io.segue.worker.append.ProducerMemory.Judgement;
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
 *   <li>the transaction coordinator counts epochs up and refuses those that are not the newest; it forgets a transactional id
 *       that was not used for {@link #ID_EXPIRY};
 *   <li>the leader refuses a batch of an older epoch than the newest it knows of that producer id, and a batch that does not
 *       follow on the last; of a producer id that it knows nothing of it takes any batch ({@link ProducerMemory});
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

        long timestamp();
    }

    /**
     * A record, with its target offset, and the sequence number it came with.
     *
     * @param batch base offset of its batch
     */
    public record Data(WriterId writer, int sequence, long batch, SegmentRecord record) implements Entry {
        int checksum() {
            RecordChecksum checksum = new RecordChecksum(record.timestamp(), record.key(), record.value());
            record.headers().forEach(header -> checksum.header(header.key(), header.value()));
            return checksum.value();
        }

        @Override
        public long timestamp() {
            return record.timestamp();
        }
    }

    /**
     * A control marker.
     *
     * @param fences the leader takes its epoch for the newest
     */
    public record Marker(WriterId writer, long timestamp, boolean fences) implements Entry {}

    /** A batch was taken of somebody who is not the one that fenced last: what must not happen. */
    public record Slip(WriterId writer, long base, boolean declared) {}

    private static final Duration REQUEST_LIFE = Duration.ofSeconds(45);
    /** {@code transactional.id.expiration.ms}. */
    public static final Duration ID_EXPIRY = Duration.ofDays(7);

    private final long start;
    private final Time time;
    private final List<Entry> log = new ArrayList<>();
    private final List<Held> late = new ArrayList<>();
    private final List<Slip> slips = new ArrayList<>();
    private final ProducerMemory producers;
    private WriterId newest = new WriterId(7_000, (short) -1);
    private long idUsedAt;
    private @Nullable WriterId owner;
    private int batchesSinceStrangers = -1;
    private long replicated;
    private long logStart;
    private boolean fencing = true;

    private record Held(ByteBuffer bytes, long until) {}

    /** @param start first offset of the log, which is empty */
    public ModelBroker(long start, Time time) {
        this.start = start;
        this.time = time;
        this.replicated = start;
        this.logStart = start;
        this.producers = new ProducerMemory(log, start);
    }

    /** A broker whose markers fence nobody. */
    public void withoutFencing() {
        fencing = false;
    }

    Time time() {
        return time;
    }

    WriterId nextWriter() {
        newest = new WriterId(newest.producerId(), (short) (newest.epoch() + 1));
        idUsedAt = time.nanos();
        return newest;
    }

    /** The coordinator forgets the transactional id: the next writer has another producer id. */
    public void forgetTransactionalId() {
        newest = new WriterId(newest.producerId() + 1, (short) -1);
    }

    /** The coordinator forgets the transactional id, if nobody has used it for long. */
    public void expireTransactionalId() {
        if (newest.epoch() >= 0 && time.nanos() - idUsedAt >= ID_EXPIRY.toNanos()) {
            forgetTransactionalId();
        }
    }

    /** The leader forgets every producer. */
    public void forgetProducers() {
        producers.forgetAll();
    }

    /** The leader forgets the producers whose newest records are old. */
    public void expireProducers() {
        producers.expire(time.wallMillis());
    }

    long fence(WriterId writer) {
        if (!writer.equals(newest)) {
            throw new TargetFailure("PRODUCER_FENCED: " + writer + " is not " + newest, true, null);
        }
        idUsedAt = time.nanos();
        owner = writer;
        batchesSinceStrangers = -1;
        log.add(new Marker(writer, time.wallMillis(), fencing));
        replicated = logEnd();
        return logEnd() - 1;
    }

    /**
     * Base offset of the batch, or why it was refused.
     *
     * @param heldUp after it had passed the lease gate, on its way or in a process that slept
     */
    Answer produce(ByteBuffer bytes, boolean heldUp) {
        RecordBatch batch =
                MemoryRecords.readableRecords(bytes).batches().iterator().next();
        batch.ensureValid();
        WriterId writer = new WriterId(batch.producerId(), batch.producerEpoch());
        Judgement judgement =
                producers.judge(writer, batch.baseSequence(), batch.lastSequence() - batch.baseSequence() + 1);
        if (judgement.refusal() != null) {
            return new Answer(-1, judgement.refusal());
        }
        if (judgement.base() >= 0) {
            return new Answer(judgement.base(), "");
        }
        long base = logEnd();
        watch(writer, base, heldUp && judgement.unknown());
        int sequence = batch.baseSequence();
        for (Record record : batch) {
            log.add(new Data(writer, sequence++, base, stored(logEnd(), record)));
        }
        return new Answer(base, "");
    }

    /** A higher epoch of the same producer id keeps lower ones out, as a marker does. */
    private void watch(WriterId writer, long base, boolean declared) {
        WriterId fencer = owner;
        boolean sameId = fencer == null || writer.producerId() == fencer.producerId();
        if (fencer == null || (sameId && writer.epoch() >= fencer.epoch())) {
            owner = fencer == null ? null : writer;
            batchesSinceStrangers += batchesSinceStrangers < 0 ? 0 : 1;
        } else {
            slips.add(new Slip(writer, base, declared && sameId));
            batchesSinceStrangers = 0;
        }
    }

    /** What a leader says to a batch; {@code base} is −1 where it refuses. */
    record Answer(long base, String refusal) {}

    /** Batches of others that were taken behind a fence. */
    public List<Slip> slips() {
        return slips;
    }

    /** Batches taken since somebody else wrote; −1 if nobody did since the last attach. */
    public int batchesSinceStrangers() {
        return batchesSinceStrangers;
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
                produce(held.bytes(), true);
            }
        }
    }

    /** The followers catch up. */
    void replicate() {
        replicated = logEnd();
    }

    /** Another replica leads: what was not replicated is gone. */
    public void failover() {
        failover(false);
    }

    /** @param behind the other replica still knows the producers that this one has forgotten */
    public void failover(boolean behind) {
        truncate(replicated);
        producers.moved(behind);
    }

    /** An unclean election: everything from {@code offset} on is gone, acknowledged or not. */
    public void truncate(long offset) {
        while (logEnd() > offset) {
            log.remove(log.size() - 1);
        }
        replicated = Math.min(replicated, logEnd());
        producers.truncated();
    }

    /** Somebody else produces a record, without idempotence. */
    public void foreign(SegmentRecord record) {
        log.add(new Data(new WriterId(-1, (short) -1), -1, logEnd(), record));
        batchesSinceStrangers = 0;
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
