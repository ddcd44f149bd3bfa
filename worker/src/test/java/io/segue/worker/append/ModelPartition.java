package io.segue.worker.append;

import io.segue.worker.append.ModelBroker.Answer;
import io.segue.worker.append.ModelBroker.Data;
import io.segue.worker.append.ModelBroker.Entry;
import io.segue.worker.append.ModelBroker.Marker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** One attempt's connection to a {@link ModelBroker}, which fails as its {@link Faults} say. */
public final class ModelPartition implements TargetPartition {
    /** The methods of the port. */
    public enum Operation {
        NEXT_WRITER,
        FENCE,
        END,
        MARKER_AT,
        LAST_RECORD,
        CONNECT,
        APPEND,
        DELETE_BEFORE
    }

    /** What becomes of a batch. */
    public enum Fate {
        /** Written, replicated, acknowledged. */
        ACKNOWLEDGED,
        /** Written and replicated; the acknowledgement is lost. */
        ACK_LOST,
        /** Written by the leader alone; no acknowledgement. */
        UNREPLICATED,
        /** Never seen by the leader. */
        LOST,
        /** Turned down by the leader for now: too few replicas, or it leads no longer. */
        REFUSED,
        /** Seen by the leader when {@link ModelBroker#deliverLate} says so. */
        LATE,
        /** Turned down for good. */
        REJECTED
    }

    /** What goes wrong; methods may throw, or let others act in the meantime. */
    public interface Faults {
        Faults NONE = new Faults() {};

        default void before(Operation operation) {}

        default void after(Operation operation) {}

        default Fate fate() {
            return Fate.ACKNOWLEDGED;
        }

        /** True if no connection can be had. */
        default boolean cutOff() {
            return false;
        }

        /** True if the process slept since it passed the lease gate. */
        default boolean sleptBeforeWrite() {
            return false;
        }
    }

    /** {@code connections.max.idle.ms}: what is written to an older connection reaches nobody. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final ModelBroker broker;
    private final Faults faults;
    private long connectedAt;

    public ModelPartition(ModelBroker broker, Faults faults) {
        this.broker = broker;
        this.faults = faults;
    }

    @Override
    public WriterId nextWriter() {
        faults.before(Operation.NEXT_WRITER);
        WriterId writer = broker.nextWriter();
        faults.after(Operation.NEXT_WRITER);
        return writer;
    }

    @Override
    public long fence(WriterId writer) {
        faults.before(Operation.FENCE);
        long marker = broker.fence(writer);
        faults.after(Operation.FENCE);
        return marker;
    }

    @Override
    public long end() {
        faults.before(Operation.END);
        return broker.end();
    }

    @Override
    public Optional<WriterId> markerAt(long offset) {
        faults.before(Operation.MARKER_AT);
        return broker.at(offset).filter(Marker.class::isInstance).map(Entry::writer);
    }

    @Override
    public Optional<TailRecord> lastRecord(long from, long below) {
        faults.before(Operation.LAST_RECORD);
        for (long offset = below - 1; offset >= from; offset--) {
            Optional<Entry> entry = broker.at(offset);
            if (entry.isPresent() && entry.get() instanceof Data data) {
                return Optional.of(new TailRecord(offset, data.checksum()));
            }
        }
        return Optional.empty();
    }

    @Override
    public void deleteBefore(long offset) {
        faults.before(Operation.DELETE_BEFORE);
        broker.deleteBefore(offset);
        faults.after(Operation.DELETE_BEFORE);
    }

    @Override
    public boolean connect() {
        faults.before(Operation.CONNECT);
        connectedAt = broker.time().nanos();
        return !faults.cutOff();
    }

    @Override
    public AppendReply append(WriterId writer, int baseSequence, EncodedBatch batch) {
        faults.before(Operation.APPEND);
        Fate fate = broker.time().nanos() - connectedAt >= IDLE.toNanos() ? Fate.LOST : faults.fate();
        AppendReply reply = reply(fate, batch.stamped(writer, baseSequence));
        faults.after(Operation.APPEND);
        return reply;
    }

    private AppendReply reply(Fate fate, ByteBuffer bytes) {
        switch (fate) {
            case REJECTED -> {
                return new AppendReply.Rejected("MESSAGE_TOO_LARGE");
            }
            case LATE -> {
                broker.hold(bytes);
                return new AppendReply.Unknown("connection lost");
            }
            case LOST -> {
                return new AppendReply.Unknown("connection lost");
            }
            case REFUSED -> {
                return new AppendReply.Unknown("NOT_ENOUGH_REPLICAS");
            }
            case ACKNOWLEDGED, ACK_LOST, UNREPLICATED -> {
                Answer answer = broker.produce(bytes, faults.sleptBeforeWrite());
                if (fate != Fate.UNREPLICATED) {
                    broker.replicate();
                }
                if (answer.base() < 0) {
                    return new AppendReply.Unknown(answer.refusal());
                }
                return fate == Fate.ACKNOWLEDGED
                        ? new AppendReply.Acknowledged(answer.base())
                        : new AppendReply.Unknown("connection lost");
            }
        }
        throw new IllegalStateException("fate " + fate);
    }

    /** Bytes that have left stay on their way. */
    @Override
    public void disconnect() {}

    @Override
    public void close() {}
}
