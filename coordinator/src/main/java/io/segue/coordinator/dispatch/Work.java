package io.segue.coordinator.dispatch;

import io.segue.coordinator.dispatch.Dispatch.Destination;
import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Mapped;
import io.segue.protocol.job.message.Messages.TaskRef;
import java.util.List;

/**
 * A task on its way. The thread of the dispatch owns it; a step on the store has the log to itself while it runs, and the
 * thread leaves the task alone until then.
 */
final class Work {
    final JobTask task;
    final int index;
    final int page;
    final Destination destination;
    final EventLog<TaskEvent> log;

    /** The attempt that is being granted or is under way, and its worker, where this leader chose it. */
    int attempt;

    String worker = "";
    /** A step on the store is under way. */
    boolean busy;
    /** The log may hold more than was read. */
    boolean unsure;
    /** The last attempt of which was said that it has ended. */
    int saidOver;

    /** In a row, without progress. */
    int failures;

    int losses;
    long notBefore;
    private int mapped;

    Work(JobTask task, int index, int page, Destination destination, EventLog<TaskEvent> log) {
        this.task = task;
        this.index = index;
        this.page = page;
        this.destination = destination;
        this.log = log;
    }

    TaskRef ref(String jobId) {
        return new TaskRef(jobId, task.id(), attempt);
    }

    int nextAttempt() {
        return 1 + log.events().stream().mapToInt(TaskEvent::attempt).max().orElse(0);
    }

    TaskStanding standing() {
        return TaskStanding.of(log.events());
    }

    List<TaskEvent> events() {
        return log.events();
    }

    /** What was counted against the task is forgotten if records reached the target since. */
    void forgiveIfAdvanced() {
        int now = (int) log.events().stream().filter(Mapped.class::isInstance).count();
        if (now > mapped) {
            mapped = now;
            failures = 0;
            losses = 0;
        }
    }
}
