package io.segue.coordinator.dispatch;

import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Declined;
import io.segue.protocol.job.TaskEvent.Done;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Rebuild;
import io.segue.protocol.job.TaskEvent.Released;
import io.segue.protocol.job.TaskEvent.Sealed;
import java.util.List;

/** Where a task stands: the fold of its log. */
public sealed interface TaskStanding {
    /** No attempt is under way; the next one has this number. */
    record Pending(int nextAttempt) implements TaskStanding {}

    /** An attempt was granted and has not been heard to end. */
    record Leased(int attempt) implements TaskStanding {}

    /** @param end {@link Sealed} or {@link Done} */
    record Succeeded(TaskEvent end) implements TaskStanding {}

    /** The newest attempt's worker cannot work for the job. */
    record Refused(Declined declined) implements TaskStanding {}

    /** The newest attempt failed. */
    record FailedOnce(Failed failure) implements TaskStanding {}

    static TaskStanding of(List<TaskEvent> events) {
        TaskStanding standing = new Pending(1);
        for (TaskEvent event : events) {
            if (event instanceof Granted granted) {
                standing = new Leased(granted.attempt());
            } else if (event instanceof Sealed || event instanceof Done) {
                standing = new Succeeded(event);
            } else if (event instanceof Failed failed) {
                standing = new FailedOnce(failed);
            } else if (event instanceof Declined declined) {
                standing = new Refused(declined);
            } else if (event instanceof Released || event instanceof Rebuild) {
                standing = new Pending(event.attempt() + 1);
            }
        }
        return standing;
    }
}
