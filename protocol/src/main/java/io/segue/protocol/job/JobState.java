package io.segue.protocol.job;

/** Where a job stands, as people and machines are shown it. */
public enum JobState {
    PLANNED,
    RUNNING,
    /** Stopped cleanly on request, until somebody resumes it. */
    PAUSED,
    VERIFYING,
    RESETTING,
    INTERRUPTED,
    COMPLETED,
    COMPLETED_PARTLY,
    FAILED,
    CANCELLED;

    public boolean ended() {
        return this == COMPLETED || this == COMPLETED_PARTLY || this == FAILED || this == CANCELLED;
    }
}
