package io.segue.e2e.delivery;

import io.segue.protocol.config.DeliveryMode;

/** What each delivery states. */
enum Terms {
    FENCED(DeliveryMode.FENCED, true, true, true),
    TRANSACTIONAL(DeliveryMode.TRANSACTIONAL, true, false, true),
    AT_LEAST_ONCE(DeliveryMode.AT_LEAST_ONCE, false, false, false);

    final DeliveryMode mode;
    /** An attempt that wakes after its successor ended adds nothing. */
    final boolean keepsSleepersOut;

    private final boolean exactForCommitted;
    private final boolean exactForUncommitted;

    Terms(DeliveryMode mode, boolean exactForCommitted, boolean exactForUncommitted, boolean keepsSleepersOut) {
        this.mode = mode;
        this.exactForCommitted = exactForCommitted;
        this.exactForUncommitted = exactForUncommitted;
        this.keepsSleepersOut = keepsSleepersOut;
    }

    /** Readers of this isolation level see each record exactly once, in order; else each at least once. */
    boolean exactFor(String isolation) {
        return isolation.equals("read_committed") ? exactForCommitted : exactForUncommitted;
    }
}
