package io.segue.e2e.delivery;

import io.segue.protocol.config.DeliveryMode;
import java.util.List;

/**
 * What a delivery states.
 *
 * @param exactFor isolation levels whose readers see each record exactly once, in order
 * @param losesNothing for readers of every level
 * @param keepsSleepersOut an attempt that wakes after its successor ended adds nothing
 */
enum Terms {
    FENCED(DeliveryMode.FENCED, List.of("read_committed", "read_uncommitted"), true),
    TRANSACTIONAL(DeliveryMode.TRANSACTIONAL, List.of("read_committed"), true),
    AT_LEAST_ONCE(DeliveryMode.AT_LEAST_ONCE, List.of(), false);

    final DeliveryMode mode;
    final List<String> exactFor;
    final boolean keepsSleepersOut;

    Terms(DeliveryMode mode, List<String> exactFor, boolean keepsSleepersOut) {
        this.mode = mode;
        this.exactFor = exactFor;
        this.keepsSleepersOut = keepsSleepersOut;
    }
}
