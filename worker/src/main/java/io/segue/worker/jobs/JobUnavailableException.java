package io.segue.worker.jobs;

/** This process cannot work for the job: what was submitted is not there, or is not usable in its environment. */
public final class JobUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JobUnavailableException(String message) {
        super(message);
    }
}
