package io.segue.coordinator.dispatch;

import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskEvent.Done;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.OfFragment;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.job.TaskResult.BackedUp;
import io.segue.protocol.job.TaskResult.Checked;
import io.segue.protocol.job.message.Messages.TaskRef;
import io.segue.protocol.manifest.Manifest.Segment;
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

    /** The attempt that is being granted or is under way, and its worker. */
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
    /** Records that the tally knows of. */
    long counted;

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

    /** Whom the newest grant names; empty if there is none. */
    String grantee() {
        String worker = "";
        for (TaskEvent event : log.events()) {
            worker = event instanceof Granted granted ? granted.worker() : worker;
        }
        return worker;
    }

    TaskStanding standing() {
        return TaskStanding.of(log.events());
    }

    List<TaskEvent> events() {
        return log.events();
    }

    /** Records of a task that the log says are on the target, or in the backup, or were read. */
    long recordsThere() {
        long there = 0;
        for (TaskEvent event : TaskEvent.current(log.events())) {
            if (event instanceof OfFragment mapping) {
                there = Math.max(there, mapping.endOrdinal());
            } else if (event instanceof Attached attach) {
                there = Math.max(there, attach.ordinal());
            } else if (event instanceof Sealed seal) {
                there = Math.max(there, seal.count());
            } else if (event instanceof Done done && done.result() instanceof BackedUp stored) {
                there = stored.partition().segments().stream()
                        .mapToLong(Segment::recordCount)
                        .sum();
            } else if (event instanceof Done done && done.result() instanceof Checked checked) {
                there = checked.records();
            }
        }
        return there;
    }

    /** What was counted against the task is forgotten if records reached the target since. */
    void forgiveIfAdvanced() {
        int now =
                (int) log.events().stream().filter(OfFragment.class::isInstance).count();
        if (now > mapped) {
            mapped = now;
            failures = 0;
            losses = 0;
        }
    }
}
