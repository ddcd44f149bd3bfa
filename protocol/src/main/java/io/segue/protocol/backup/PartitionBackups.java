package io.segue.protocol.backup;

/** The port to whoever reads a source partition and stores its segments. Used by many threads at once. */
public interface PartitionBackups {
    /** What a backup in progress asks and tells; called between reads. */
    interface Watch {
        /** True once it should stop. */
        boolean stopRequested();

        /**
         * More was read.
         *
         * @param records since the last call
         * @param bytes of their keys, values and headers
         */
        void advanced(long records, long bytes);
    }

    /** Stores a range, and blocks meanwhile. Failures of source and storage are outcomes, not exceptions. */
    PartitionOutcome backUp(PartitionRange range, Watch watch);
}
