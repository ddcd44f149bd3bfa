package io.segue.worker.backup;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The committed records of one source partition, read forward. Used by one thread. */
interface SourceLog extends AutoCloseable {
    /** What one read came to. */
    sealed interface Read {
        /** The next offset to read; behind markers, aborted and compacted-away records it is beyond the last record. */
        long position();

        /** Records in the order of their offsets; none if there was nothing in time. */
        record Records(Iterable<ConsumerRecord<byte[], byte[]>> records, long position) implements Read {}

        /**
         * The log does not hold the offset asked for any more: it begins at {@code logStart}. Reading goes on there if
         * that is further on.
         */
        record OutOfRange(long position, long logStart) implements Read {}
    }

    /** Opens logs; a port, so that what a backup does with odd ones can be tried without a broker. */
    interface Opener {
        SourceLog open(io.segue.protocol.kafka.TopicPartition partition, long from);
    }

    /** Waits a short time for records. */
    Read read();

    @Override
    void close();
}
