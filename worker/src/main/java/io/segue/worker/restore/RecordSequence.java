package io.segue.worker.restore;

import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.worker.restore.SegmentSource.OpenSegment;
import org.jspecify.annotations.Nullable;

/**
 * The records of a task in the one order that spec and manifest determine: segment by segment, those of the selection,
 * each source offset once (archives of the peer may hold a stretch twice). Ordinals count them from 0.
 */
final class RecordSequence implements AutoCloseable {
    private final SegmentSource source;
    private final Selection selection;
    private @Nullable OpenSegment open;
    private int nextSegment;
    private long ordinal;
    private long lastOffset;
    private long repeats;
    private ReadPosition segmentStart;

    RecordSequence(SegmentSource source, Selection selection, ReadPosition from) {
        this.source = source;
        this.selection = selection;
        this.nextSegment = from.segment();
        this.ordinal = from.ordinal();
        this.lastOffset = from.lastOffset();
        this.segmentStart = from;
    }

    /** Ordinal of the record that {@link #next} gives next. */
    long ordinal() {
        return ordinal;
    }

    /** Start of the segment that the last record came from. */
    ReadPosition segmentStart() {
        return segmentStart;
    }

    /** Records left out so far because the archive holds their offset before. */
    long repeats() {
        return repeats;
    }

    /** The next selected record as it goes to the target, or null at the end. */
    @Nullable
    SegmentRecord next() {
        while (true) {
            OpenSegment current = open;
            if (current == null) {
                if (nextSegment == source.size()) {
                    return null;
                }
                segmentStart = new ReadPosition(nextSegment, ordinal, lastOffset);
                current = source.open(nextSegment);
                open = current;
                nextSegment++;
            }
            SegmentRecord record = current.next();
            if (record == null) {
                current.close();
                open = null;
            } else if (record.offset() <= lastOffset) {
                repeats++;
            } else {
                lastOffset = record.offset();
                if (selection.selects(record)) {
                    ordinal++;
                    return selection.outgoing(record);
                }
            }
        }
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
