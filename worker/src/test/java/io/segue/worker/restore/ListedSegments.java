package io.segue.worker.restore;

import io.segue.protocol.segment.SegmentRecord;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Segments whose records are at hand. */
public record ListedSegments(List<List<SegmentRecord>> segments) implements SegmentSource {
    @Override
    public int size() {
        return segments.size();
    }

    @Override
    public OpenSegment open(int index) {
        Iterator<SegmentRecord> records = segments.get(index).iterator();
        return new OpenSegment() {
            @Override
            public @Nullable SegmentRecord next() {
                return records.hasNext() ? records.next() : null;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
