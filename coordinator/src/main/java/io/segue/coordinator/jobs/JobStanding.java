package io.segue.coordinator.jobs;

import io.segue.protocol.job.JobState;
import java.util.List;

/** Where a job stands: the fold of its journal. */
public sealed interface JobStanding {
    /** As it is shown. */
    JobState state();

    /** True if a leader is to bring it on. */
    default boolean open() {
        return this instanceof Submitted || this instanceof Active || this instanceof Interrupted;
    }

    /** No coordinator has had it yet. */
    record Submitted() implements JobStanding {
        @Override
        public JobState state() {
            return JobState.PLANNED;
        }
    }

    /** A coordinator has it, or had it when it died. */
    record Active(JobState state) implements JobStanding {}

    /** It stopped cleanly before the end. */
    record Interrupted(String reason) implements JobStanding {
        @Override
        public JobState state() {
            return JobState.INTERRUPTED;
        }
    }

    /** It waits until somebody resumes it. */
    record Paused(String reason) implements JobStanding {
        @Override
        public JobState state() {
            return JobState.PAUSED;
        }
    }

    /**
     * It is over, unless somebody resumes it.
     *
     * @param reasons why it was refused, failed or was cancelled; empty if its report says it all
     */
    record Ended(JobState state, List<String> reasons) implements JobStanding {
        public Ended {
            reasons = List.copyOf(reasons);
        }

        /** False if nothing may be done any more; what was done may be done again. */
        boolean rebuildable() {
            return state != JobState.CANCELLED;
        }

        /** False if there is nothing left to do, or nothing may be done any more. */
        boolean resumable() {
            return state == JobState.FAILED || state == JobState.COMPLETED_PARTLY;
        }
    }
}
