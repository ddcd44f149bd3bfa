package io.segue.worker.append;

import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskEvent.OfFragment;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.LeaseGate;
import io.segue.worker.lease.TaskJournal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends the record sequence of one task to one target partition, each record at least once: plain batches, one in flight,
 * that all in-sync replicas acknowledge. What was not acknowledged is sent again, and what an earlier attempt had sent behind
 * its last fragment too. Nobody is fenced: a sleeper that wakes writes its batch once more.
 *
 * <p><b>Guarantee</b>: nothing is lost; records are acknowledged in order, each behind the ones before. Offsets between them
 * that were not acknowledged hold records again: they are counted by the audit.
 */
public final class AcknowledgedAppend implements Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(AcknowledgedAppend.class);
    private static final WriterId NOBODY = new WriterId(-1, (short) -1);

    private final String partition;
    private final TargetPartition target;
    private final TaskJournal journal;
    private final LeaseGate lease;
    private final AppendSteps steps;

    private boolean begun;
    /** Records that were acknowledged. */
    private long held;

    private long end;
    private long batchOrdinal;
    private long batchOffset;

    public AcknowledgedAppend(
            String partition, TargetPartition target, TaskJournal journal, LeaseGate lease, AppendSteps steps) {
        this.partition = partition;
        this.target = target;
        this.journal = journal;
        this.lease = lease;
        this.steps = steps;
    }

    /** {@inheritDoc} What the log holds behind them is not looked at: it may be there again. */
    @Override
    public long attach(ContentCheck check) throws AttemptOver, InterruptedException {
        lease.await();
        journal.check();
        target.disconnect();
        long found = target.end();
        if (!begun) {
            begun = true;
            held = journal.lastFragment().map(OfFragment::endOrdinal).orElse(0L);
            end = journal.grant().base();
        }
        if (found < end) {
            throw lost(found);
        }
        end = found;
        steps.reached(AppendSteps.Step.BEFORE_ATTACH_JOURNALED);
        journal.append(new Attached(journal.grant().attempt(), -1, (short) -1, end - 1, held));
        steps.reached(AppendSteps.Step.AFTER_ATTACH_JOURNALED);
        return held;
    }

    @Override
    public boolean append(EncodedBatch batch, String name) throws AttemptOver, InterruptedException {
        if (!target.connect() || !lease.pass()) {
            return false;
        }
        steps.reached(AppendSteps.Step.BEFORE_PRODUCE);
        AppendReply reply = target.append(NOBODY, -1, batch);
        steps.reached(AppendSteps.Step.AFTER_PRODUCE);
        if (reply instanceof AppendReply.Rejected rejected) {
            throw new AttemptOver.Broken(name, partition + " refuses it: " + rejected.reason(), false);
        }
        if (!(reply instanceof AppendReply.Acknowledged acknowledged)) {
            LOG.warn("append partition={} expectedOffset={} reply={}", partition, end, reply);
            return false;
        }
        if (acknowledged.baseOffset() < end) {
            throw lost(acknowledged.baseOffset());
        }
        if (acknowledged.baseOffset() > end) {
            LOG.warn(
                    "partition={} holds records again at offsets {} to {}",
                    partition,
                    end,
                    acknowledged.baseOffset() - 1);
        }
        batchOrdinal = held;
        batchOffset = acknowledged.baseOffset();
        held += batch.count();
        end = batchOffset + batch.count();
        return true;
    }

    @Override
    public long targetOf(long ordinal) {
        return batchOffset + (ordinal - batchOrdinal);
    }

    @Override
    public long seal(long count, ContentCheck check) throws AttemptOver {
        long found = target.end();
        if (found < end) {
            throw lost(found);
        }
        return found;
    }

    private AttemptOver.Broken lost(long found) {
        return new AttemptOver.Broken(
                partition,
                "the log goes on at offset " + found + ", records were acknowledged up to " + end
                        + ": the cluster lost acknowledged data (unclean leader election?); delete the topic and"
                        + " restore it again",
                false);
    }
}
