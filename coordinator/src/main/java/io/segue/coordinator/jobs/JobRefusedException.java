package io.segue.coordinator.jobs;

/** The job may not go on as things are; the message says why and what to do. Nothing was changed by the refusal. */
public final class JobRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JobRefusedException(String message) {
        super(message);
    }
}
