package io.segue.worker.append;

import io.segue.protocol.job.TaskEvent.Aborted;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskEvent.OfFragment;
import io.segue.worker.append.TargetPartition.TailRecord;
import io.segue.worker.append.TransactionalTarget.Fate;
import io.segue.worker.append.TransactionalTarget.Placed;
import io.segue.worker.append.TransactionalTarget.Stretch;
import io.segue.worker.append.TransactionalTarget.Tail;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.LeaseGate;
import io.segue.worker.lease.TaskJournal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends the record sequence of one task to one target partition in transactions of one batch each, for clusters that do not
 * fence as {@link FencedAppend} needs.
 *
 * <p><b>Attach</b>:
 *
 * <ol>
 *   <li>wait until the lease is held, and read the task's log again: not the newest attempt → stop;
 *   <li>roll forward: commit the transaction that an earlier attempt left open, so that its records count and stay;
 *   <li>take the next epoch: the earlier attempt can neither write nor commit, and what it began since then is aborted;
 *   <li>read what was committed: the entries of the journal topic, and the log behind the last of them, which holds at most
 *       one transaction; the archive says what the last record must contain;
 *   <li>enter in the journal topic what the log alone told, journal aborted stretches, and then the attach.
 * </ol>
 *
 * <p><b>Append</b>: begin, the batch, an entry that says where it stands, commit. <b>Guarantee</b>: readers of committed data
 * see each record once. Others may see records of a transaction that timed out before it could be rolled forward; these are
 * journaled.
 */
public final class TransactionalAppend implements Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionalAppend.class);

    private final String partition;
    private final TransactionalTarget target;
    private final TaskJournal journal;
    private final LeaseGate lease;
    private final AppendSteps steps;

    private WriterId writer = new WriterId(-1, (short) -1);
    private List<Placed> layout = List.of();
    private long held;
    private long nextOffset;
    private int nextSequence;
    private int nextEntry;

    public TransactionalAppend(
            String partition, TransactionalTarget target, TaskJournal journal, LeaseGate lease, AppendSteps steps) {
        this.partition = partition;
        this.target = target;
        this.journal = journal;
        this.lease = lease;
        this.steps = steps;
    }

    @Override
    public long attach(ContentCheck check) throws AttemptOver, InterruptedException {
        lease.await();
        journal.check();
        target.disconnect();
        steps.reached(AppendSteps.Step.BEFORE_FENCE);
        target.rollForward().ifPresent(left -> LOG.info("rolled forward partition={} writer={}", partition, left));
        writer = target.nextWriter();
        nextSequence = 0;
        nextEntry = 0;
        steps.reached(AppendSteps.Step.AFTER_FENCE);
        long mapped = journal.lastFragment().map(OfFragment::endOrdinal).orElse(0L);
        long base = journal.grant().base();
        List<Placed> placed = new ArrayList<>(journal.attaches().isEmpty() ? List.of() : target.journaled(mapped));
        placed.removeIf(entry -> entry.offset() < base);
        long from = placed.isEmpty() ? base : placed.get(placed.size() - 1).endOffset();
        long ordinal = placed.isEmpty() ? 0 : placed.get(placed.size() - 1).endOrdinal();
        Tail tail = target.tail(from, producerIds());
        int known = placed.size();
        for (Stretch stretch : tail.stretches()) {
            if (stretch.fate() == Fate.FOREIGN) {
                throw FencedAppend.foreign(partition, stretch.offset(), stretch.offset() + stretch.count(), false);
            }
            if (stretch.fate() == Fate.COMMITTED) {
                placed.add(new Placed(ordinal, stretch.offset(), stretch.count()));
                ordinal += stretch.count();
            } else {
                journal(stretch);
            }
        }
        requireConnected(placed, mapped);
        layout = List.copyOf(placed);
        held = ordinal;
        verifyLast(check);
        if (placed.size() > known) {
            target.record(writer, placed.subList(known, placed.size()));
            nextEntry = placed.size() - known;
        }
        journal(tail.end());
        return held;
    }

    /** Each follows on the one before, or the journal has lost some. */
    private void requireConnected(List<Placed> placed, long mapped) throws AttemptOver.Broken {
        long ordinal = placed.isEmpty() ? 0 : Math.min(mapped, placed.get(0).ordinal());
        for (Placed entry : placed) {
            if (entry.ordinal() > ordinal) {
                throw new AttemptOver.Broken(
                        partition,
                        "the journal of the job's transactions says nothing of records " + ordinal + " to "
                                + (entry.ordinal() - 1) + " of this task: was its topic tampered with? Delete the topic"
                                + " and restore it again",
                        false);
            }
            ordinal = entry.endOrdinal();
        }
    }

    private void verifyLast(ContentCheck check) throws AttemptOver {
        if (held == 0) {
            return;
        }
        Placed last = layout.get(layout.size() - 1);
        Optional<TailRecord> record = target.recordAt(last.endOffset() - 1);
        if (record.isEmpty()) {
            throw new AttemptOver.Broken(
                    partition,
                    "record number " + (held - 1) + " of this task was committed at offset " + (last.endOffset() - 1)
                            + " and is not there: the cluster lost acknowledged data; delete the topic and restore it"
                            + " again",
                    false);
        }
        check.verify(held - 1, record.get());
    }

    /** Of every attempt so far: a transactional id may have been forgotten meanwhile. */
    private Set<Long> producerIds() {
        Set<Long> ids = new HashSet<>();
        ids.add(writer.producerId());
        journal.attaches().forEach(attach -> ids.add(attach.producerId()));
        return ids;
    }

    private void journal(Stretch aborted) throws AttemptOver.Superseded {
        long to = aborted.offset() + aborted.count();
        boolean known = journal.aborted().stream().anyMatch(range -> range.from() == aborted.offset());
        if (!known) {
            LOG.warn("aborted partition={} from={} to={}", partition, aborted.offset(), to);
            journal.append(new Aborted(journal.grant().attempt(), aborted.offset(), to));
        }
    }

    private void journal(long end) throws AttemptOver.Superseded {
        steps.reached(AppendSteps.Step.BEFORE_ATTACH_JOURNALED);
        journal.append(new Attached(journal.grant().attempt(), writer.producerId(), writer.epoch(), end - 1, held));
        steps.reached(AppendSteps.Step.AFTER_ATTACH_JOURNALED);
        nextOffset = end;
    }

    @Override
    public boolean append(EncodedBatch batch, String name) throws AttemptOver, InterruptedException {
        if (!target.connect() || !lease.pass()) {
            return false;
        }
        target.begin(writer);
        if (!lease.pass()) {
            return false;
        }
        steps.reached(AppendSteps.Step.BEFORE_PRODUCE);
        AppendReply reply = target.append(writer, nextSequence, batch);
        steps.reached(AppendSteps.Step.AFTER_PRODUCE);
        if (reply instanceof AppendReply.Rejected rejected) {
            throw new AttemptOver.Broken(name, partition + " refuses it: " + rejected.reason(), false);
        }
        if (!reply.equals(new AppendReply.Acknowledged(nextOffset))) {
            LOG.warn("append partition={} expectedOffset={} reply={}", partition, nextOffset, reply);
            return false;
        }
        Placed entry = new Placed(held, nextOffset, batch.count());
        if (!lease.pass() || !target.note(writer, nextEntry, entry)) {
            return false;
        }
        steps.reached(AppendSteps.Step.BEFORE_COMMIT);
        target.commit(writer);
        steps.reached(AppendSteps.Step.AFTER_COMMIT);
        layout = List.of(entry);
        held = entry.endOrdinal();
        nextOffset = entry.endOffset() + 1;
        nextEntry++;
        nextSequence = (int) (((long) nextSequence + batch.count()) & Integer.MAX_VALUE);
        return true;
    }

    @Override
    public long targetOf(long ordinal) {
        for (int i = layout.size() - 1; i >= 0; i--) {
            Placed entry = layout.get(i);
            if (entry.ordinal() <= ordinal) {
                return entry.offset() + (ordinal - entry.ordinal());
            }
        }
        throw new IllegalStateException("record " + ordinal + " of " + partition + " was not found by the last attach");
    }

    /** Fences once more where a second attempt was ever granted; nothing may stand behind the last marker. */
    @Override
    public long seal(long count, ContentCheck check) throws AttemptOver, InterruptedException {
        if (journal.grant().attempt() > 1 && attach(check) != count) {
            throw new AttemptOver.Broken(
                    partition, "the log holds " + held + " records of this task, not " + count, true);
        }
        long end = target.endAt(nextOffset);
        if (end != nextOffset) {
            throw FencedAppend.foreign(partition, nextOffset, end, false);
        }
        return end;
    }
}
