package io.segue.cli.client;

import io.segue.cli.progress.Progress;
import io.segue.cli.progress.ProgressReporter;
import io.segue.coordinator.restore.RestoreJobs;
import io.segue.protocol.job.view.JobView;

/** Shows on the terminal what a job of the fleet does, as if it ran in this process. */
final class FollowedJob implements JobFollower.Listener {
    private final ProgressReporter reporter;
    private boolean shownWhole;

    FollowedJob(ProgressReporter reporter) {
        this.reporter = reporter;
    }

    @Override
    public void view(JobView view) {
        JobView.Progress progress = view.progress();
        boolean whole = progress.recordsTotal() > 0 && progress.recordsDone() >= progress.recordsTotal();
        if (progress.recordsDone() > 0 && !view.state().ended() && !(whole && shownWhole)) {
            reporter.show(new Progress(
                    doing(view), progress.recordsDone(), progress.recordsTotal(), progress.bytesDone(), 0));
            if (whole) {
                reporter.finish();
            }
            shownWhole = whole;
        }
    }

    private static String doing(JobView view) {
        return switch (view.kind()) {
            case RESTORE -> RestoreJobs.COUNTING.equals(view.progress().phase()) ? "counting" : "restoring";
            case BACKUP -> "backing up";
            case VALIDATION -> "reading";
            case SCAN -> "scanning";
            case VERIFICATION -> "comparing";
        };
    }

    @Override
    public void line(String line) {
        reporter.say(line);
    }

    @Override
    public void lost(String why) {
        reporter.say("(" + why + "; the job goes on, asking another coordinator)");
    }
}
