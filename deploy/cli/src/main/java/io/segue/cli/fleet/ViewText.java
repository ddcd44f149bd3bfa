package io.segue.cli.fleet;

import io.segue.protocol.job.JobState;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.text.Units;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A view of a job, for people. */
final class ViewText {
    private ViewText() {}

    static String of(JobView view) {
        JobView.Progress progress = view.progress();
        JobView.Tasks tasks = progress.tasks();
        List<String> lines = new ArrayList<>();
        lines.add("Job " + view.jobId() + ": " + state(view.state()) + ", submitted " + time(view.submittedAt()));
        if (progress.recordsTotal() > 0) {
            lines.add("Records: " + records(view) + ", " + share(view));
        }
        if (tasks.total() > 0) {
            lines.add("Tasks: " + tasks.done() + " of " + tasks.total() + " done, " + tasks.running() + " running, "
                    + tasks.failed() + " failed");
        }
        view.log().lines().forEach(line -> lines.add("  | " + line));
        JobView.Outcome outcome = view.outcome();
        if (outcome != null) {
            outcome.reasons().forEach(reason -> lines.add("Reason: " + reason));
            lines.add("Exit code: " + outcome.exitCode());
        }
        return String.join(System.lineSeparator(), lines);
    }

    static String state(JobState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** In UTC, to the second. */
    static String time(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String records(JobView view) {
        JobView.Progress progress = view.progress();
        return Units.count(progress.recordsDone())
                + (progress.recordsTotal() > 0 ? " of " + Units.count(progress.recordsTotal()) : "");
    }

    static String share(JobView view) {
        JobView.Progress progress = view.progress();
        return progress.recordsTotal() > 0
                ? Math.min(100, progress.recordsDone() * 100 / progress.recordsTotal()) + " %"
                : "";
    }
}
