package io.segue.protocol.kafka;

import org.jspecify.annotations.Nullable;

/** A failure of a Kafka cluster, classified once, at the edge. The message says what was asked of which cluster. */
public final class KafkaFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    public KafkaFailure(String message, boolean retryable, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** True if the same call may succeed later. */
    public boolean retryable() {
        return retryable;
    }
}
