package io.segue.coordinator.restore;

import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobEvent;
import java.util.List;

/** A job's journal as one coordinator sees it: once another has opened the job, nothing more is appended. */
public final class JobJournal {
    private final EventLog<JobEvent> log;

    private JobJournal(EventLog<JobEvent> log) {
        this.log = log;
    }

    /** Takes the job over: from here on every earlier coordinator's next event is refused. */
    public static JobJournal open(EventLog<JobEvent> log, String process, long now) {
        while (true) {
            int epoch = JobHistory.of(log.events()).epoch() + 1;
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
