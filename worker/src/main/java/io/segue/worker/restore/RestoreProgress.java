package io.segue.worker.restore;

/** Told of records that are on the target, as they are acknowledged or found there. */
@FunctionalInterface
public interface RestoreProgress {
    /** @param bytes of keys, values and headers; 0 for records that an earlier attempt has mapped */
    void advanced(long records, long bytes);
}
