package io.segue.worker.append.wire;

/** The broker refuses: authentication, authorisation, a request it does not know, a topic that is gone, a fence. */
final class TargetRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    TargetRefusal(String message, boolean retryable) {
        super(message);
        this.retryable = retryable;
    }

    TargetRefusal(String message, Throwable cause) {
        super(message, cause);
        this.retryable = false;
    }

    /** True for a fence: another attempt, which reads the task's log first, may succeed. */
    boolean retryable() {
        return retryable;
    }
}
