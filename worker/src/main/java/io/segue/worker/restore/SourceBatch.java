package io.segue.worker.restore;

import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.worker.append.EncodedBatch;

/**
 * A batch and where it comes from.
 *
 * @param firstOrdinal of its first record
 * @param offsets inputs and source offsets of its records
 * @param resume where reading starts so as to meet its first record again
 * @param lastChecksum of its last record
 * @param payloadBytes of keys, values and headers
 * @param placed its first record belongs at its source offset
 */
record SourceBatch(
        EncodedBatch encoded,
        long firstOrdinal,
        SourceRuns offsets,
        ReadPosition resume,
        int lastChecksum,
        long payloadBytes,
        boolean placed) {
    long endOrdinal() {
        return firstOrdinal + encoded.count();
    }
}
