package io.segue.coordinator.dispatch;

/** Hears how a dispatch gets on; called by several threads. */
public interface DispatchListener {
    /** Records and payload bytes that have reached the target, or were read, in addition. */
    void advanced(long records, long bytes);

    /** Something that people should know. */
    default void said(String line) {}

    /** How many tasks there are, and where they stand. */
    void tasks(int total, int done, int running, int failed);

    /** Hears nothing. */
    final class Silent implements DispatchListener {
        @Override
        public void advanced(long records, long bytes) {}

        @Override
        public void tasks(int total, int done, int running, int failed) {}
    }
}
