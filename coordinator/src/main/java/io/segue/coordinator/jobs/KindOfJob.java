package io.segue.coordinator.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobRequest;
import java.util.List;
import java.util.function.BooleanSupplier;

/** How the jobs of one kind are planned and run by the leader of a fleet. Used by several threads. */
public interface KindOfJob {
    JobKind kind();

    /**
     * Plans a job. Nothing but the job's own state is written: on {@link Planning.Planned} the plan and, last, the spec are
     * stored under the id of the request. Called again after a crash.
     *
     * @throws InterruptedException if the leadership is lost: the thread leaves at once
     */
    Planning plan(JobRequest request, JobListener listener) throws InterruptedException;

    /**
     * A planned job, from wherever it stands.
     *
     * @param journal opened by this leader
     * @param stopped true: stop cleanly at the next occasion
     * @throws JobRefusedException if archive or cluster are not those of the job
     */
    RunnableJob open(
            JobJournal journal, JobFile file, JobRequest request, JobListener listener, BooleanSupplier stopped);

    /** What planning came to. */
    sealed interface Planning {
        /** The job can be opened. */
        record Planned() implements Planning {}

        /** The job cannot be run as it was asked for; nothing was changed. */
        record Refused(List<String> reasons) implements Planning {
            public Refused {
                reasons = List.copyOf(reasons);
            }
        }

        /** The plan was all that was asked for, and this is what the command prints. */
        record Answered(JsonNode report) implements Planning {}
    }
}
