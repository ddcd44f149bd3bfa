package io.segue.e2e.delivery;

import io.segue.protocol.config.DeliveryMode;
import java.util.List;

/** What each delivery states. */
enum Terms {
    FENCED(DeliveryMode.FENCED, List.of("read_committed", "read_uncommitted"), true),
    TRANSACTIONAL(DeliveryMode.TRANSACTIONAL, List.of("read_committed"), true),
    AT_LEAST_ONCE(DeliveryMode.AT_LEAST_ONCE, List.of(), false);

    final DeliveryMode mode;
    /** Isolation levels whose readers see each record exactly once, in order; those of the others see each at least once. */
    final List<String> exactFor;
    /** An attempt that wakes after its successor ended adds nothing. */
    final boolean keepsSleepersOut;

    Terms(DeliveryMode mode, List<String> exactFor, boolean keepsSleepersOut) {
        this.mode = mode;
        this.exactFor = exactFor;
        this.keepsSleepersOut = keepsSleepersOut;
    }
}
