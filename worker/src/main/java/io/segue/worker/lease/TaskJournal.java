package io.segue.worker.lease;

import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.OfFragment;
import io.segue.protocol.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The durable log of a task as one attempt sees it. Nothing is appended for an attempt that is no longer the newest
 * granted one: the log's numbering refuses it.
 */
public final class TaskJournal {
    private final EventLog<TaskEvent> log;
    private final Granted grant;
    private final Time time;
    private boolean confirmed;
    private long confirmedAt;

    public TaskJournal(EventLog<TaskEvent> log, Granted grant, Time time) {
        this.log = log;
        this.grant = grant;
        this.time = time;
    }

    public Granted grant() {
        return grant;
    }

    /**
     * Reads the log again.
     *
     * @throws AttemptOver.Superseded if a newer attempt was granted, or the log already says how this one ended
     */
    public void check() throws AttemptOver.Superseded {
        long began = time.nanos();
        log.refresh();
        int newest =
                events(Granted.class).stream().mapToInt(Granted::attempt).max().orElse(0);
        if (newest != grant.attempt()) {
            throw new AttemptOver.Superseded("attempt " + newest + " was granted after attempt " + grant.attempt());
        }
        if (log.events().stream().anyMatch(event -> event.attempt() == newest && event.ends())) {
            throw new AttemptOver.Superseded("the log says that attempt " + newest + " has ended");
        }
        confirm(began);
    }

    /** Appends an event of this attempt; durable on return. */
    public void append(TaskEvent event) throws AttemptOver.Superseded {
        long began = time.nanos();
        if (log.append(event) == EventLog.Appended.SUPERSEDED) {
            throw new AttemptOver.Superseded("another attempt wrote to the log of this task");
        }
        confirm(began);
    }

    /** True if the log was seen, by a read or an append since then, to grant no newer attempt. */
    boolean confirmedWithin(Duration duration) {
        return confirmed && time.nanos() - confirmedAt < duration.toNanos();
    }

    private void confirm(long began) {
        confirmed = true;
        confirmedAt = began;
    }

    /** Where the records of the task begin: log end before the first of them, unless the partition was rebuilt. */
    public long base() {
        return TaskEvent.base(log.events(), grant.base());
    }

    /** True if no other attempt was ever granted on this topic: nobody may have to be fenced. */
    public boolean first() {
        return events(Granted.class).stream()
                        .filter(other -> other.topicId().equals(grant.topicId()))
                        .count()
                == 1;
    }

    /** True if the partition is to be emptied, or was emptied, before it is written to. */
    public boolean rebuilds() {
        return log.events().stream().anyMatch(TaskEvent.Rebuild.class::isInstance);
    }

    /** Where the records begin since the last time that the partition was to be emptied; empty: that is still to be done. */
    public Optional<TaskEvent.Rebased> rebased() {
        return current(TaskEvent.Rebased.class).stream().reduce((before, after) -> after);
    }

    /** Those that count. */
    public List<Attached> attaches() {
        return current(Attached.class);
    }

    /** The last one that was ever journaled, whether or not it counts. */
    public Optional<Attached> lastAttach() {
        return events(Attached.class).stream().reduce((before, after) -> after);
    }

    /** The last fragment's event that counts; each follows on the one before. */
    public Optional<OfFragment> lastFragment() {
        return current(OfFragment.class).stream().reduce((before, after) -> after);
    }

    private <T extends TaskEvent> List<T> current(Class<T> type) {
        return TaskEvent.current(log.events()).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private <T extends TaskEvent> List<T> events(Class<T> type) {
        return log.events().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
