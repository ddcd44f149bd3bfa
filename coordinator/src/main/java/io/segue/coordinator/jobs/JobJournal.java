package io.segue.coordinator.jobs;

import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.JobEvent;
import java.util.List;
import java.util.Optional;

/**
 * A job's journal as one coordinator sees it: once another has opened the job, nothing more is appended. Used by one thread
 * at a time.
 */
public final class JobJournal {
    private final EventLog<JobEvent> log;

    private JobJournal(EventLog<JobEvent> log) {
        this.log = log;
    }

    /**
     * Takes the job over, for a process without a fleet: from here on every earlier coordinator's next event is refused. A
     * job that had ended or was paused goes on.
     */
    public static JobJournal open(EventLog<JobEvent> log, String process, long now) {
        return open(log, process, now, Optional.empty());
    }

    /** As {@link #open(EventLog, String, long)}; the job goes on as commanded. */
    public static JobJournal open(EventLog<JobEvent> log, String process, long now, JobCommand command) {
        return open(log, process, now, Optional.of(command));
    }

    private static JobJournal open(EventLog<JobEvent> log, String process, long now, Optional<JobCommand> command) {
        while (true) {
            int epoch = JobHistory.of(log.events()).epoch() + 1;
            if (log.append(new JobEvent.Opened(epoch, process, now)) == EventLog.Appended.DONE) {
                JobJournal journal = new JobJournal(log);
                if (command.isPresent()) {
                    journal.append(new JobEvent.Obeyed(0, command.get()));
                } else if (!journal.history().standing().open()) {
                    journal.append(new JobEvent.Obeyed(0, new JobCommand.Resume(process, now)));
                }
                return journal;
            }
            log.refresh();
        }
    }

    /**
     * Takes the job over for the leader of an epoch; whether it goes on is for commands to say.
     *
     * @throws SupersededException if a coordinator of a higher epoch has opened the job
     */
    public static JobJournal lead(EventLog<JobEvent> log, int epoch, String process, long now) {
        while (true) {
            if (JobHistory.of(log.events()).epoch() > epoch) {
                throw new SupersededException();
            }
            if (log.append(new JobEvent.Opened(epoch, process, now)) == EventLog.Appended.DONE) {
                return new JobJournal(log);
            }
            log.refresh();
        }
    }

    /** @throws SupersededException if another coordinator has opened the job */
    public void append(JobEvent event) {
        if (log.append(event) == EventLog.Appended.SUPERSEDED) {
            throw new SupersededException();
        }
    }

    public JobHistory history() {
        return JobHistory.of(log.events());
    }

    List<JobEvent> events() {
        return log.events();
    }

    /** Another coordinator runs the job now; this one has to let go of it. */
    public static final class SupersededException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SupersededException() {
            super("another process has taken this job over; it goes on there");
        }
    }
}
