package io.segue.worker.append;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What transactional append needs of a cluster, for one target partition and the partition of the journal topic where its
 * transactions say what they hold. Used by one thread.
 *
 * <p>Methods retry within a time limit what may pass, and throw {@link TargetFailure} otherwise; those that return an
 * {@link AppendReply} or a flag do not.
 */
public interface TransactionalTarget extends AutoCloseable {
    /**
     * Commits what was left open under the partition's transactional id.
     *
     * @return who had left it, if anybody had
     */
    Optional<WriterId> rollForward();

    /** {@code InitProducerId}: fences older epochs, and aborts what is still open. */
    WriterId nextWriter();

    /** Entries of the task that were committed and end behind record number {@code ordinal}, and the last one anyway. */
    List<Placed> journaled(long ordinal);

    /**
     * What the target partition holds from an offset on. No transaction of the partition's transactional id is open.
     *
     * @param producerIds ours: other transactions are not taken for ours
     */
    Tail tail(long from, Set<Long> producerIds);

    /** A record of the target partition. */
    Optional<TargetPartition.TailRecord> recordAt(long offset);

    /** Makes connections ready, which may take long; false if none could be had. */
    boolean connect();

    /** Begins a transaction, after the end of the one before. */
    void begin(WriterId writer);

    /** Writes one batch to the target partition, never twice. */
    AppendReply append(WriterId writer, int baseSequence, EncodedBatch batch);

    /** Writes an entry to the journal, never twice; true if it is there. */
    boolean note(WriterId writer, int sequence, Placed entry);

    /** Writes entries to the journal in a transaction of their own, the first of this writer. */
    void record(WriterId writer, List<Placed> entries);

    /** Asks for the commit, again and again: this has one outcome. */
    void commit(WriterId writer);

    /** Waits until the target partition's replicated end is at {@code offset} or behind it, and returns it. */
    long endAt(long offset);

    /** Drops every connection. */
    void disconnect();

    @Override
    void close();

    /** Records of the sequence and where they stand: record {@code ordinal + i} at {@code offset + i}. */
    record Placed(long ordinal, long offset, int count) {
        public long endOrdinal() {
            return ordinal + count;
        }

        public long endOffset() {
            return offset + count;
        }
    }

    /** What became of records in the log. */
    enum Fate {
        COMMITTED,
        ABORTED,
        /** Somebody else's, or not of a transaction. */
        FOREIGN
    }

    /** Data records that follow one another. */
    record Stretch(Fate fate, long offset, int count) {}

    /**
     * @param stretches in the order of the log
     * @param end of the partition, replicated
     */
    record Tail(List<Stretch> stretches, long end) {
        public Tail {
            stretches = List.copyOf(stretches);
        }
    }
}
