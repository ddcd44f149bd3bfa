package io.segue.worker.log;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.SegmentRecord;

/** The records of one partition, read forward. Used by one thread. */
public interface RecordLog extends AutoCloseable {
    /** What one read came to. */
    sealed interface Read {
        /** The next offset to read; behind markers, aborted and compacted-away records it is beyond the last record. */
        long position();

        /** Records in the order of their offsets; none if there was nothing in time. */
        record Records(Iterable<SegmentRecord> records, long position) implements Read {}

        /**
         * The log does not hold the offset asked for any more: it begins at {@code logStart}. Reading goes on there if
         * that is further on.
         */
        record OutOfRange(long position, long logStart) implements Read {}
    }

    /** Opens logs; a port, so that what readers do with odd ones can be tried without a broker. */
    @FunctionalInterface
    interface Opener {
        RecordLog open(TopicPartition partition, long from);
    }

    /** Waits a short time for records. */
    Read read();

    @Override
    void close();
}
