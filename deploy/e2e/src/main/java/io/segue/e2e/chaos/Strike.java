package io.segue.e2e.chaos;

/**
 * One thing that goes wrong, and how it is mended again.
 *
 * @param name for people, such as {@code "kill worker-2"}
 */
record Strike(String name, Effect begin, Effect end) {
    /** Something done to the world. */
    interface Effect {
        void run() throws InterruptedException;
    }
}
