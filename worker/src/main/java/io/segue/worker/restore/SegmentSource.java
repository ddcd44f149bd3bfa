package io.segue.worker.restore;

import io.segue.protocol.segment.SegmentRecord;
import org.jspecify.annotations.Nullable;

/** Where a task's segments come from. */
public interface SegmentSource extends AutoCloseable {
    /** Number of segments of the task. */
    int size();

    /**
     * A segment whose checks have all passed, up to those on single records.
     *
     * @param index in the task's list
     */
    OpenSegment open(int index);

    @Override
    void close();

    /** The records of a segment, in order. */
    interface OpenSegment extends AutoCloseable {
        /** The next record, or null at the end. */
        @Nullable
        SegmentRecord next();

        @Override
        void close();
    }
}
