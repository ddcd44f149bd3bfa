package io.segue.coordinator.jobs;

import io.segue.protocol.job.JobState;
import io.segue.protocol.job.view.FleetReport.Activity;
import io.segue.protocol.job.view.JobView;
import java.util.EnumMap;
import java.util.Map;

/** What the fleet does, by the views that were published. Pure. */
final class Activities {
    private Activities() {}

    static Activity of(ViewBoard board) {
        Map<JobState, Integer> jobs = new EnumMap<>(JobState.class);
        JobView.Tasks sum = JobView.Progress.NONE.tasks();
        for (JobView view : board.all()) {
            jobs.merge(view.state(), 1, Integer::sum);
            if (!view.state().ended()) {
                sum = plus(sum, view.progress().tasks());
            }
        }
        return new Activity(jobs, sum, board.records(), board.bytes(), 0);
    }

    private static JobView.Tasks plus(JobView.Tasks a, JobView.Tasks b) {
        return new JobView.Tasks(
                a.total() + b.total(), a.done() + b.done(), a.running() + b.running(), a.failed() + b.failed());
    }
}
