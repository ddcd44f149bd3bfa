package io.segue.protocol.config;

import java.util.Locale;

/** How records get to the target, and what that guarantees. */
public enum DeliveryMode {
    /** What a probe of the target finds: fenced where it fences, else transactional. */
    AUTO("the probe of the target decides"),
    /** Idempotent batches behind a fence that costs one invisible offset after a crash. */
    FENCED("exactly once, for consumers of either isolation level"),
    /** A transaction for each batch. */
    TRANSACTIONAL(
            "exactly once for read_committed consumers; read_uncommitted ones may also see the records of aborted transactions"),
    /** Nothing but acknowledged writes. */
    AT_LEAST_ONCE("no record is lost; after a failure some may be there more than once");

    private final String guarantee;

    DeliveryMode(String guarantee) {
        this.guarantee = guarantee;
    }

    /** As configurations have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In words. */
    public String guarantee() {
        return guarantee;
    }

    /** True if it can leave the source's offsets as they are. */
    public boolean placesRecords() {
        return this == AUTO || this == FENCED;
    }
}
