package io.segue.worker.append;

import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskEvent.Rebased;
import io.segue.protocol.time.Time;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.LeaseGate;
import io.segue.worker.lease.TaskJournal;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the log of a partition that is to be rebuilt, before the first attach of the new records:
 *
 * <ol>
 *   <li>nothing was journaled about a rebuild → nothing is to be done;
 *   <li>read the task's log again, take the next epoch, and write a marker: every older writer of the job is fenced. Left out
 *       where nobody of the job can have written: the topic is another one than before, and its log is empty;
 *   <li>journal the new base, behind the marker; refused → stop. Only then
 *   <li>delete what stands below it. A later attempt deletes it again, which changes nothing.
 * </ol>
 *
 * Guarantee: a record that is deleted stood there before the base was journaled; the new records all stand at or behind it.
 */
public final class Emptying {
    private static final Logger LOG = LoggerFactory.getLogger(Emptying.class);

    private final TargetPartition target;
    private final TaskJournal journal;
    private final LeaseGate lease;
    private final Time time;
    private final AppendSteps steps;

    public Emptying(TargetPartition target, TaskJournal journal, LeaseGate lease, Time time, AppendSteps steps) {
        this.target = target;
        this.journal = journal;
        this.lease = lease;
        this.time = time;
        this.steps = steps;
    }

    /** @param keptFrom source offset at which the records are to begin, where that can still be had */
    public void run(OptionalLong keptFrom) throws AttemptOver, InterruptedException {
        if (!journal.rebuilds()) {
            return;
        }
        lease.await();
        journal.check();
        target.disconnect();
        Optional<Rebased> rebased = journal.rebased();
        long base = rebased.isPresent() ? rebased.get().base() : rebase(keptFrom);
        // a head that is filled up to the base is cut when it is full
        if (journal.attaches().isEmpty() && base > 0 && target.end() >= base) {
            target.deleteBefore(base);
            steps.reached(AppendSteps.Step.AFTER_EMPTIED);
        }
    }

    private long rebase(OptionalLong keptFrom) throws AttemptOver, InterruptedException {
        WriterId writer = target.nextWriter();
        boolean untouched = journal.first() && target.end() == 0;
        if (!untouched) {
            awaitUnfenceableWriter(writer);
        }
        long end = untouched ? 0 : target.fence(writer) + 1;
        long base = keptFrom.isPresent() && end < keptFrom.getAsLong() ? keptFrom.getAsLong() : end;
        steps.reached(AppendSteps.Step.BEFORE_REBASE);
        journal.append(new Rebased(journal.grant().attempt(), base));
        steps.reached(AppendSteps.Step.AFTER_REBASE);
        LOG.info(
                "rebuild topicId={} attempt={} base={}",
                journal.grant().topicId(),
                journal.grant().attempt(),
                base);
        return base;
    }

    /** As before an attach: requests of a writer that has no epoch in common with this one die of age. */
    private void awaitUnfenceableWriter(WriterId writer) throws InterruptedException {
        Optional<Attached> last = journal.lastAttach();
        if (!journal.first() && last.isPresent() && last.get().producerId() != writer.producerId()) {
            time.pause(FencedAppend.REQUEST_LIFE);
        }
    }
}
