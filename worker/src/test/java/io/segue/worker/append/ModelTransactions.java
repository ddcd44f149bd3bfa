package io.segue.worker.append;

import io.segue.worker.append.TargetPartition.TailRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * The brokers' side of one target partition, its journal and its transactional id, in memory, as far as transactional append
 * rests on it: one transaction at a time; only the newest epoch begins, writes and commits; who takes the next epoch aborts what
 * is open; what is written outside a transaction that is open is refused.
 */
final class ModelTransactions {
    /** An offset of the log. */
    private record Slot(@Nullable TailRecord record, int transaction) {}

    private record Entry(TransactionalTarget.Placed placed, int transaction) {}

    private final long start;
    private final List<Slot> log = new ArrayList<>();
    final List<Entry> journal = new ArrayList<>();
    private final Set<Integer> committed = new HashSet<>();
    private WriterId newest = new WriterId(7_000, (short) -1);
    private int transaction;
    private boolean open;
    private boolean target;

    ModelTransactions(long start) {
        this.start = start;
    }

    /** As the coordinator does after the timeout. */
    void abort() {
        end(false);
    }

    private void end(boolean commit) {
        if (open) {
            if (commit) {
                committed.add(transaction);
            }
            if (target) {
                log.add(new Slot(null, transaction));
            }
            open = false;
            transaction++;
        }
    }

    private boolean newest(WriterId writer) {
        return writer.equals(newest);
    }

    private void require(WriterId writer) {
        if (!newest(writer)) {
            throw new TargetFailure("PRODUCER_FENCED", true, null);
        }
    }

    /** Somebody else writes a record. */
    void foreign() {
        log.add(new Slot(new TailRecord(end(), 0), -1));
    }

    long end() {
        return start + log.size();
    }

    /** Checksums of the records that readers of committed data see. */
    List<Integer> committedRecords() {
        return records(committed);
    }

    /** Of all records. */
    int everyRecord() {
        return (int) log.stream().filter(slot -> slot.record() != null).count();
    }

    private List<Integer> records(Set<Integer> transactions) {
        return log.stream()
                .filter(slot -> transactions.contains(slot.transaction()))
                .flatMap(slot -> Optional.ofNullable(slot.record()).stream())
                .map(TailRecord::checksum)
                .toList();
    }

    TransactionalTarget connection() {
        return new Connection();
    }

    private final class Connection implements TransactionalTarget {
        @Override
        public Optional<WriterId> rollForward() {
            Optional<WriterId> owner = open ? Optional.of(newest) : Optional.empty();
            end(true);
            return owner;
        }

        @Override
        public WriterId nextWriter() {
            end(false);
            newest = new WriterId(newest.producerId(), (short) (newest.epoch() + 1));
            return newest;
        }

        @Override
        public List<Placed> journaled(long ordinal) {
            List<Placed> all = journal.stream()
                    .filter(entry -> committed.contains(entry.transaction()))
                    .map(Entry::placed)
                    .toList();
            return all.stream()
                    .filter(placed -> placed.endOrdinal() > ordinal || placed.equals(all.get(all.size() - 1)))
                    .toList();
        }

        @Override
        public Tail tail(long from, Set<Long> producerIds) {
            List<Stretch> stretches = new ArrayList<>();
            for (long offset = from; offset < end(); offset++) {
                Slot slot = log.get((int) (offset - start));
                if (slot.record() != null) {
                    Fate fate = slot.transaction() < 0
                            ? Fate.FOREIGN
                            : committed.contains(slot.transaction()) ? Fate.COMMITTED : Fate.ABORTED;
                    stretches.add(new Stretch(fate, offset, 1));
                }
            }
            return new Tail(stretches, end());
        }

        @Override
        public Optional<TailRecord> recordAt(long offset) {
            return offset < start || offset >= end()
                    ? Optional.empty()
                    : Optional.ofNullable(log.get((int) (offset - start)).record());
        }

        @Override
        public boolean connect() {
            return true;
        }

        @Override
        public void begin(WriterId writer) {
            require(writer);
            open = true;
            target = true;
        }

        @Override
        public AppendReply append(WriterId writer, int baseSequence, EncodedBatch batch) {
            if (!newest(writer) || !open) {
                return new AppendReply.Unknown("INVALID_TXN_STATE");
            }
            long base = end();
            RecordBatch decoded = MemoryRecords.readableRecords(batch.stamped(writer, baseSequence, true))
                    .batches()
                    .iterator()
                    .next();
            decoded.ensureValid();
            for (Record record : decoded) {
                int checksum = new RecordChecksum(record.timestamp(), record.key(), record.value()).value();
                log.add(new Slot(new TailRecord(end(), checksum), transaction));
            }
            return new AppendReply.Acknowledged(base);
        }

        @Override
        public boolean note(WriterId writer, int sequence, Placed entry) {
            boolean taken = newest(writer) && open;
            if (taken) {
                journal.add(new Entry(entry, transaction));
            }
            return taken;
        }

        @Override
        public void record(WriterId writer, List<Placed> entries) {
            require(writer);
            open = true;
            target = false;
            entries.forEach(entry -> journal.add(new Entry(entry, transaction)));
            end(true);
        }

        @Override
        public void commit(WriterId writer) {
            require(writer);
            if (!open) {
                throw new TargetFailure("INVALID_TXN_STATE", true, null);
            }
            end(true);
        }

        @Override
        public long endAt(long offset) {
            return end();
        }

        @Override
        public void disconnect() {}

        @Override
        public void close() {}
    }
}
