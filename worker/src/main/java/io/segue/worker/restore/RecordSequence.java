package io.segue.worker.restore;

import io.segue.protocol.job.TaskEvent.Markers;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.segment.SegmentRecord;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The records of a task in the one order that spec, manifest and plan determine. Ordinals count them from 0. Records of one
 * input keep their order; of several inputs the one goes next whose next record
 *
 * <ol>
 *   <li>lies below the lowest cut, so that what a group had read stands before what it had not;
 *   <li>has the lowest timestamp;
 *   <li>comes from the first input.
 * </ol>
 */
public final class RecordSequence implements AutoCloseable {
    private static final Comparator<InputRecords> ORDER = Comparator.comparingInt(InputRecords::phase)
            .thenComparingLong(RecordSequence::timestamp)
            .thenComparingInt(InputRecords::number);

    private final List<InputRecords> inputs;
    private final PriorityQueue<InputRecords> heads = new PriorityQueue<>(ORDER);
    private @Nullable InputRecords current;
    private @Nullable SegmentRecord outgoing;
    private long ordinal;

    /** @param inputs at the positions that {@code ordinal} belongs to */
    RecordSequence(List<InputRecords> inputs, long ordinal) {
        this.inputs = inputs;
        this.ordinal = ordinal;
        inputs.forEach(this::queue);
        choose();
    }

    private static long timestamp(InputRecords input) {
        SegmentRecord head = input.head();
        return head == null ? Long.MAX_VALUE : head.timestamp();
    }

    private void queue(InputRecords input) {
        if (input.head() != null) {
            heads.add(input);
        }
    }

    private void choose() {
        InputRecords chosen = heads.poll();
        current = chosen;
        SegmentRecord head = chosen == null ? null : chosen.head();
        outgoing = chosen == null || head == null ? null : chosen.outgoing(head);
    }

    /** Ordinal of the record that {@link #next} gives next. */
    public long ordinal() {
        return ordinal;
    }

    /** Number of the input that the next record comes from; there is one. */
    public int input() {
        InputRecords chosen = current;
        if (chosen == null) {
            throw new IllegalStateException("the sequence is at its end");
        }
        return chosen.number();
    }

    /** Where reading starts so as to meet the next record again. */
    ReadPosition position() {
        return new ReadPosition(
                ordinal, inputs.stream().map(InputRecords::position).toList());
    }

    /** Records left out so far because the archive holds their offset before. */
    long repeats() {
        return inputs.stream().mapToLong(InputRecords::repeats).sum();
    }

    /** What was read so far that looks like the ends of transactions; null if there is nothing. */
    @Nullable
    Markers markers() {
        Markers all = null;
        for (InputRecords input : inputs) {
            Markers some = input.markers();
            if (some != null) {
                all = all == null
                        ? some
                        : new Markers(all.count() + some.count(), all.aborts() + some.aborts(), all.first());
            }
        }
        return all;
    }

    /** The next record as it goes to the target, or null at the end. */
    public @Nullable SegmentRecord peek() {
        return outgoing;
    }

    /** Takes the next record, or null at the end. */
    public @Nullable SegmentRecord next() {
        SegmentRecord taken = outgoing;
        InputRecords from = current;
        if (from != null) {
            ordinal++;
            from.advance();
            queue(from);
            choose();
        }
        return taken;
    }

    @Override
    public void close() {
        inputs.forEach(InputRecords::close);
    }
}
