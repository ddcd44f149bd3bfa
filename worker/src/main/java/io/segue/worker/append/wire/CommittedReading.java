package io.segue.worker.append.wire;

import io.segue.worker.append.TransactionalTarget.Fate;
import io.segue.worker.append.TransactionalTarget.Stretch;
import io.segue.worker.append.TransactionalTarget.Tail;
import io.segue.worker.append.wire.Retrying.Again;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * Reads a log with its markers, and says what became of each transaction. An open one of somebody else holds nobody up, as it
 * would a reader of committed data.
 */
final class CommittedReading {
    private final PartitionLog log;

    CommittedReading(PartitionLog log) {
        this.log = log;
    }

    private interface Sink {
        void data(RecordBatch batch);

        void ended(long producerId, boolean committed);
    }

    /**
     * What the log holds from an offset on.
     *
     * @param producerIds whose transactions are ours
     */
    Tail tail(long from, Set<Long> producerIds) throws IOException, Again {
        List<Stretch> stretches = new ArrayList<>();
        Map<Integer, Long> open = new HashMap<>();
        long end = read(from, new Sink() {
            @Override
            public void data(RecordBatch batch) {
                long first = Math.max(batch.baseOffset(), from);
                if (batch.isTransactional() && producerIds.contains(batch.producerId())) {
                    open.put(stretches.size(), batch.producerId());
                }
                stretches.add(new Stretch(Fate.FOREIGN, first, (int) (batch.lastOffset() - first + 1)));
            }

            @Override
            public void ended(long producerId, boolean committed) {
                open.entrySet().removeIf(entry -> {
                    boolean its = entry.getValue() == producerId;
                    if (its) {
                        Stretch stretch = stretches.get(entry.getKey());
                        stretches.set(
                                entry.getKey(),
                                new Stretch(
                                        committed ? Fate.COMMITTED : Fate.ABORTED, stretch.offset(), stretch.count()));
                    }
                    return its;
                });
            }
        });
        if (!open.isEmpty()) {
            throw new Again("a transaction on the partition is not ended yet");
        }
        return new Tail(stretches, end);
    }

    /** Records of the whole log that were committed, as far as {@code reader} wants them. */
    <T> List<T> committed(Function<Record, Stream<T>> reader) throws IOException, Again {
        List<T> all = new ArrayList<>();
        Map<Long, List<T>> open = new HashMap<>();
        read(log.start(), new Sink() {
            @Override
            public void data(RecordBatch batch) {
                for (Record record : batch) {
                    reader.apply(record)
                            .forEach(read -> open.computeIfAbsent(batch.producerId(), any -> new ArrayList<>())
                                    .add(read));
                }
            }

            @Override
            public void ended(long producerId, boolean committed) {
                List<T> read = open.remove(producerId);
                if (read != null && committed) {
                    all.addAll(read);
                }
            }
        });
        return all;
    }

    private long read(long from, Sink sink) throws IOException, Again {
        long end = log.highWatermark();
        long position = from;
        while (position < end) {
            long next = position;
            for (RecordBatch batch : log.fetch(position).batches()) {
                if (batch.lastOffset() >= position && batch.baseOffset() < end) {
                    next = batch.nextOffset();
                    if (batch.isControlBatch()) {
                        sink.ended(batch.producerId(), commits(batch));
                    } else {
                        sink.data(batch);
                    }
                }
            }
            if (next == position) {
                throw new Again("nothing to read at offset " + position);
            }
            position = next;
        }
        return position > from ? position : end;
    }

    private static boolean commits(RecordBatch batch) {
        return ControlRecordType.parse(batch.iterator().next().key()) == ControlRecordType.COMMIT;
    }
}
