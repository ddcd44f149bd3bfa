package io.segue.coordinator.dispatch;

import io.segue.coordinator.dispatch.Workers.Answer;
import io.segue.protocol.job.EventLog.Appended;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Released;
import io.segue.protocol.time.Time;
import java.util.function.BooleanSupplier;

/** Grants an attempt in the task's log, then orders it. Blocks; for many threads. */
final class Grants {
    private final String jobId;
    private final Workers workers;
    private final Time time;
    private final BooleanSupplier stopped;

    /** What came of a grant. */
    enum Outcome {
        /** Its worker has it, or may have it. */
        GIVEN,
        /** Granted and taken back. */
        REFUSED,
        /** Not granted: the log has gone on by itself. */
        OVERTAKEN
    }

    Grants(String jobId, Workers workers, Time time, BooleanSupplier stopped) {
        this.jobId = jobId;
        this.workers = workers;
        this.time = time;
        this.stopped = stopped;
    }

    Outcome give(Work work) {
        if (work.unsure && goneOn(work)) {
            return Outcome.OVERTAKEN;
        }
        Granted granted = new Granted(
                work.attempt, work.worker, work.destination.topicId(), work.destination.base(), time.wallMillis());
        if (work.log.append(granted) == Appended.SUPERSEDED) {
            work.log.refresh();
            return Outcome.OVERTAKEN;
        }
        if (stopped.getAsBoolean()) {
            return takeBack(work, "stopped on request");
        }
        return workers.run(work.worker, work.ref(jobId), work.page) == Answer.REFUSED
                ? takeBack(work, "worker " + work.worker + " did not take it")
                : Outcome.GIVEN;
    }

    /** A step on the log failed, and may have succeeded all the same. */
    private static boolean goneOn(Work work) {
        work.log.refresh();
        return work.nextAttempt() != work.attempt
                || work.standing() instanceof TaskStanding.Leased
                || work.standing() instanceof TaskStanding.Succeeded;
    }

    private static Outcome takeBack(Work work, String why) {
        if (work.log.append(new Released(work.attempt, why)) == Appended.SUPERSEDED) {
            work.log.refresh();
        }
        return Outcome.REFUSED;
    }
}
