package io.segue.worker.restore;

import io.segue.protocol.job.RestoreTask.Input;
import io.segue.protocol.job.RestoreTask.Routing;
import io.segue.protocol.job.TaskEvent.Markers;
import io.segue.protocol.kafka.KeyPartitioner;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment.InputPosition;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.TransactionMarker;
import io.segue.worker.restore.SegmentSource.OpenSegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The records of one input that belong to the task, in the order of the archive: segment by segment, those of the selection,
 * each source offset once (archives of the peer may hold a stretch twice).
 */
final class InputRecords implements AutoCloseable {
    private final int number;
    private final Input input;
    private final TopicPartition target;
    private final SegmentSource source;
    private final Selection selection;
    private final InputPosition from;
    private @Nullable OpenSegment open;
    private @Nullable SegmentRecord head;
    private int nextSegment;
    private long lastOffset;
    private long repeats;
    private long markers;
    private long aborts;
    private long firstMarker;
    private int phase;

    /** @param number of the input in its task */
    InputRecords(
            int number,
            Input input,
            TopicPartition target,
            SegmentSource source,
            Selection selection,
            InputPosition from) {
        this.number = number;
        this.input = input;
        this.target = target;
        this.source = source;
        this.selection = selection;
        this.from = from;
        this.nextSegment = from.segment();
        this.lastOffset = from.lastOffset();
        this.head = read();
    }

    /** The next record as the archive has it, or null at the end. */
    @Nullable
    SegmentRecord head() {
        return head;
    }

    /** The head as it goes to the target. */
    SegmentRecord outgoing(SegmentRecord record) {
        return selection.outgoing(record);
    }

    /** Goes on to the next record. */
    void advance() {
        head = read();
    }

    /** Where reading starts so as to meet the head again. */
    InputPosition position() {
        SegmentRecord record = head;
        return record == null
                ? new InputPosition(source.size(), lastOffset)
                : new InputPosition(nextSegment - 1, record.offset() - 1);
    }

    int number() {
        return number;
    }

    /** Cuts at or below the head's offset. */
    int phase() {
        return phase;
    }

    /** Records left out so far because the archive holds their offset before. */
    long repeats() {
        return repeats;
    }

    /** Records read so far, left out or not, that look like the ends of transactions; null if there are none. */
    @Nullable
    Markers markers() {
        return markers == 0 ? null : new Markers(markers, aborts, input.source() + " source offset " + firstMarker);
    }

    private @Nullable SegmentRecord read() {
        while (true) {
            OpenSegment current = open;
            if (current == null) {
                if (nextSegment == source.size()) {
                    return null;
                }
                current = source.open(nextSegment);
                open = current;
                nextSegment++;
            }
            SegmentRecord record = current.next();
            if (record == null) {
                current.close();
                open = null;
            } else if (record.offset() <= lastOffset) {
                repeats += record.offset() <= from.lastOffset() ? 0 : 1;
            } else {
                lastOffset = record.offset();
                count(record);
                if (selection.selects(record) && routed(record)) {
                    while (phase < input.cuts().size() && input.cuts().get(phase) <= record.offset()) {
                        phase++;
                    }
                    return record;
                }
            }
        }
    }

    private void count(SegmentRecord record) {
        if (TransactionMarker.looksLike(record)) {
            firstMarker = markers == 0 ? record.offset() : firstMarker;
            markers++;
            aborts += TransactionMarker.aborts(record) ? 1 : 0;
        }
    }

    private boolean routed(SegmentRecord record) {
        Routing routing = input.routing();
        if (routing == null) {
            return true;
        }
        ByteBuffer key = record.key();
        if (key == null) {
            return input.source().partition() % routing.targetPartitions() == target.partition();
        }
        int hash = KeyPartitioner.positiveHash(key);
        int expected = routing.sourcePartitions() == 0 ? input.source().partition() : hash % routing.sourcePartitions();
        if (expected != input.source().partition()) {
            throw new OtherPartitionerException(input.source(), record.offset(), expected);
        }
        return hash % routing.targetPartitions() == target.partition();
    }

    @Override
    public void close() {
        OpenSegment current = open;
        if (current != null) {
            current.close();
        }
        open = null;
    }
}
