package io.segue.coordinator.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.coordinator.jobs.JobStanding.Ended;
import io.segue.protocol.job.JobRequest;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.view.JobView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Views of jobs out of what the store holds of them. */
final class JobViews {
    /** It cannot be run as it was asked for; nothing was changed. */
    private static final int REFUSED = 2;

    private static final String PROGRESS = "progress.json";

    private JobViews() {}

    /** The view of a job, with what is known of it beyond the store. */
    static JobView of(
            JobRequest request,
            JobHistory history,
            JobView.Progress progress,
            JobView.Log log,
            JobView.@Nullable Outcome outcome) {
        return new JobView(
                JobView.VERSION,
                request.jobId(),
                request.kind(),
                history.state(),
                request.submittedAt(),
                history.startedAt().isPresent() ? history.startedAt().getAsLong() : null,
                history.commands(),
                progress,
                log,
                outcome);
    }

    /** How a job ended; null if it has not. Reads its report. */
    static JobView.@Nullable Outcome outcome(JobStore jobs, String jobId, JobHistory history) {
        if (!(history.standing() instanceof Ended ended)) {
            return null;
        }
        JsonNode report =
                jobs.readDocument(jobId, RunnableJob.REPORT, JsonNode.class).orElse(null);
        boolean refused = ended.state() == JobState.FAILED && jobs.find(jobId).isEmpty();
        return new JobView.Outcome(refused ? REFUSED : exitCode(ended.state()), ended.reasons(), report);
    }

    /** How far a job was when it ended, as its leader kept it; empty if it has not, or nothing was moved. */
    static Optional<JobView.Progress> lastProgress(JobStore jobs, String jobId) {
        return jobs.readDocument(jobId, PROGRESS, JobView.Progress.class);
    }

    static void keepProgress(JobStore jobs, String jobId, JobView.Progress progress) {
        jobs.writeDocument(jobId, PROGRESS, progress);
    }

    /** As in {@code docs/cli.md}. */
    private static int exitCode(JobState state) {
        return switch (state) {
            case COMPLETED -> 0;
            case COMPLETED_PARTLY -> 3;
            case FAILED, CANCELLED -> 1;
            case PLANNED, RUNNING, PAUSED, VERIFYING, RESETTING, INTERRUPTED -> 4;
        };
    }
}
