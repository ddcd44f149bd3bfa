package io.segue.worker.restore;

/** Told of records that are on the target, as they are acknowledged or found there. */
@FunctionalInterface
public interface RestoreProgress {
    /** @param bytes of keys, values and headers */
    void advanced(long records, long bytes);
}
