package io.segue.worker.append;

import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Mapped;
import io.segue.protocol.mapping.Fragment;
import java.util.List;

/**
 * The durable log of a task as one attempt sees it. Nothing is appended for an attempt that is no longer the newest
 * granted one: the log's numbering refuses it.
 */
public final class TaskJournal {
    private final EventLog<TaskEvent> log;
    private final Granted grant;

    public TaskJournal(EventLog<TaskEvent> log, Granted grant) {
        this.log = log;
        this.grant = grant;
    }

    public Granted grant() {
        return grant;
    }

    /** Reads the log again. */
    public void check() throws AttemptOver.Superseded {
        log.refresh();
        int newest =
                events(Granted.class).stream().mapToInt(Granted::attempt).max().orElse(0);
        if (newest != grant.attempt()) {
            throw new AttemptOver.Superseded("attempt " + newest + " was granted after attempt " + grant.attempt());
        }
    }

    /** Appends an event of this attempt; durable on return. */
    public void append(TaskEvent event) throws AttemptOver.Superseded {
        if (log.append(event) == EventLog.Appended.SUPERSEDED) {
            throw new AttemptOver.Superseded("another attempt wrote to the log of this task");
        }
    }

    public List<Attached> attaches() {
        return events(Attached.class);
    }

    public List<Fragment> fragments() {
        return events(Mapped.class).stream().map(Mapped::fragment).toList();
    }

    private <T extends TaskEvent> List<T> events(Class<T> type) {
        return log.events().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
