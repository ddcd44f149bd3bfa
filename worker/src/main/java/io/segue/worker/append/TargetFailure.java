package io.segue.worker.append;

import org.jspecify.annotations.Nullable;

/** The target could not do what was asked, after every try. */
public final class TargetFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    public TargetFailure(String message, boolean retryable, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** True if another attempt may succeed without anybody changing anything. */
    public boolean retryable() {
        return retryable;
    }
}
