package io.segue.worker.append;

import io.segue.protocol.job.Attaches;
import io.segue.protocol.job.Defect;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.time.Time;
import io.segue.worker.append.TargetPartition.TailRecord;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.LeaseGate;
import io.segue.worker.lease.TaskJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Appends the record sequence of one task to one target partition, each record exactly once, whatever dies and however
 * often (design.md §4).
 *
 * <p><b>Attach</b>, at the start and after every outcome that is not the expected acknowledgement:
 *
 * <ol>
 *   <li>wait until the lease is held, and read the task's log again: not the newest attempt → stop;
 *   <li>take the next epoch of the partition's transactional id: older epochs are fenced at the coordinator;
 *   <li>write an empty transaction: its marker at {@code m} fences older epochs at the leader. Left out only by the
 *       first attempt before its first attach, when nobody can have written, unless the log is to begin behind the marker;
 *   <li>count: the last data record {@code o} below {@code m} says how many records are there, from the newest journaled
 *       attach {@code (m', k')} whose marker is still in the log: {@code k = k' + (o − m')}; the archive says what that
 *       record must contain;
 *   <li>journal {@code (attempt, producer id, epoch, m, k)}; refused → stop;
 *   <li>only then write: record {@code k + j} goes to {@code m + 1 + j}.
 * </ol>
 *
 * <p><b>Append</b>: connect to the leader, pass the lease gate, write; one batch in flight; the acknowledgement must carry
 * exactly the expected offset; after any other reply, and after a lease that was lost, nothing more is sent before a new
 * attach. <b>Guarantee</b>: between two journaled attaches only the first one's epoch
 * wrote, in order and without holes, so the log is a prefix of the sequence plus markers.
 */
public final class FencedAppend {
    private static final Logger LOG = LoggerFactory.getLogger(FencedAppend.class);
    /** Longest life of a produce request: nothing sent before is applied after it. */
    static final Duration REQUEST_LIFE = Duration.ofSeconds(45);

    private final String partition;
    private final TargetPartition target;
    private final TaskJournal journal;
    private final LeaseGate lease;
    private final Time time;
    private final AppendSteps steps;

    private WriterId writer = new WriterId(-1, (short) -1);
    private List<Attached> attaches = List.of();
    private long nextOffset;
    private int nextSequence;

    public FencedAppend(
            String partition,
            TargetPartition target,
            TaskJournal journal,
            LeaseGate lease,
            Time time,
            AppendSteps steps) {
        this.partition = partition;
        this.target = target;
        this.journal = journal;
        this.lease = lease;
        this.time = time;
        this.steps = steps;
    }

    /** Compares what the log holds with what the archive says it must hold. */
    @FunctionalInterface
    public interface ContentCheck {
        /**
         * @param ordinal of the last record of this task in the log
         * @param found that record
         * @throws AttemptOver.Broken if the archive says otherwise
         */
        void verify(long ordinal, TailRecord found) throws AttemptOver;
    }

    /**
     * Makes this attempt the only writer and finds out where to go on.
     *
     * @return records of the sequence that the log holds
     */
    public long attach(ContentCheck check) throws AttemptOver, InterruptedException {
        lease.await();
        journal.check();
        target.disconnect();
        attaches = standing(journal.attaches());
        writer = target.nextWriter();
        awaitUnfenceableWriter();
        boolean first = journal.first() && journal.attaches().isEmpty() && !headLacksMarker();
        long ordinal = first ? first() : fenced(check);
        nextSequence = 0;
        LOG.atLevel(first ? Level.DEBUG : Level.INFO)
                .log(
                        "attached partition={} attempt={} producerId={} epoch={} ordinal={} nextOffset={}",
                        partition,
                        journal.grant().attempt(),
                        writer.producerId(),
                        writer.epoch(),
                        ordinal,
                        nextOffset);
        return ordinal;
    }

    /**
     * Sends one batch whose first record is the next of the sequence.
     *
     * @param name of the batch, for messages: its source offsets
     * @return true if acknowledged as expected; false: attach again before anything else
     */
    public boolean append(EncodedBatch batch, String name) throws AttemptOver, InterruptedException {
        if (!target.connect() || !lease.pass()) {
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
        nextOffset += batch.count();
        nextSequence = (int) (((long) nextSequence + batch.count()) & Integer.MAX_VALUE);
        return true;
    }

    /** Where the next record goes. */
    public long nextOffset() {
        return nextOffset;
    }

    /**
     * Fills a gap of the source with control markers, which no consumer sees, so that the next record goes to {@code to}.
     *
     * @param ordinal of the next record
     * @return true if it does; false: attach again before anything else
     */
    public boolean fillGap(long to, long ordinal) throws AttemptOver, InterruptedException {
        while (nextOffset < to) {
            if (!target.connect() || !lease.pass()) {
                return false;
            }
            steps.reached(AppendSteps.Step.BEFORE_GAP_FILL);
            long marker = target.fence(writer);
            if (marker != nextOffset) {
                LOG.warn("gap partition={} expectedOffset={} marker={}", partition, nextOffset, marker);
                return false;
            }
            nextOffset++;
        }
        journal(to - 1, ordinal);
        return true;
    }

    /** Deletes what lies below the first record; a later attempt may do it again. */
    public void cutHead() {
        target.deleteBefore(journal.base());
    }

    /** Target offset of a record that the log holds. */
    public long targetOf(long ordinal) {
        return Attaches.target(journal.base(), attaches, ordinal);
    }

    /**
     * Proves the end: fences once more where a second attempt was ever granted, and checks that nothing stands behind the
     * last record.
     *
     * @return log end of the partition
     */
    public long seal(long count, ContentCheck check) throws AttemptOver, InterruptedException {
        boolean oneWriter = journal.attaches().stream()
                        .map(attach -> new WriterId(attach.producerId(), attach.epoch()))
                        .distinct()
                        .count()
                == 1;
        if (!journal.first() || !oneWriter) {
            long held = attach(check);
            if (held != count) {
                throw new AttemptOver.Broken(
                        partition, "the log holds " + held + " records of this task, not " + count, true);
            }
        }
        long end = target.end();
        if (end != nextOffset) {
            throw foreign(nextOffset, end, false);
        }
        return end;
    }

    /** True if {@link HeadFill} left the last offset before the first record to the marker. */
    private boolean headLacksMarker() {
        return target.end() == journal.base() - 1;
    }

    private long first() throws AttemptOver {
        long base = journal.base();
        long end = target.end();
        if (end != base) {
            throw foreign(base, end, false);
        }
        journal(base - 1, 0);
        return 0;
    }

    private long fenced(ContentCheck check) throws AttemptOver {
        steps.reached(AppendSteps.Step.BEFORE_FENCE);
        long marker = target.fence(writer);
        steps.reached(AppendSteps.Step.AFTER_FENCE);
        long end = target.end();
        if (end != marker + 1) {
            throw foreign(marker + 1, end, true);
        }
        long base = journal.base();
        AttachPlan.Anchor anchor = attaches.isEmpty()
                ? new AttachPlan.Anchor(base - 1, 0)
                : new AttachPlan.Anchor(
                        attaches.get(attaches.size() - 1).marker(),
                        attaches.get(attaches.size() - 1).ordinal());
        if (marker < base - 1) {
            throw new AttemptOver.Broken(
                    partition,
                    "the log ended at offset " + marker + ", before " + base
                            + ", where it was found to end before this job: the cluster lost acknowledged data",
                    new Defect(Defect.Kind.LOST, marker, base));
        }
        Optional<TailRecord> last = marker < base ? Optional.empty() : target.lastRecord(base, marker);
        if (attaches.isEmpty() && last.isPresent()) {
            throw foreign(base, last.get().offset() + 1, false);
        }
        long ordinal = AttachPlan.ordinal(anchor, last);
        if (last.isPresent() && ordinal > 0) {
            check.verify(ordinal - 1, last.get());
        }
        journal(marker, ordinal);
        return ordinal;
    }

    private void journal(long marker, long ordinal) throws AttemptOver.Superseded {
        Attached attached =
                new Attached(journal.grant().attempt(), writer.producerId(), writer.epoch(), marker, ordinal);
        steps.reached(AppendSteps.Step.BEFORE_ATTACH_JOURNALED);
        journal.append(attached);
        steps.reached(AppendSteps.Step.AFTER_ATTACH_JOURNALED);
        List<Attached> all = new ArrayList<>(attaches);
        all.add(attached);
        attaches = List.copyOf(all);
        nextOffset = marker + 1;
    }

    /** Journaled attaches up to the newest whose marker is still in the log; a truncated log voids later ones. */
    private List<Attached> standing(List<Attached> journaled) {
        for (int i = journaled.size() - 1; i >= 0; i--) {
            Attached attach = journaled.get(i);
            boolean unfenced = attach.marker() == journal.base() - 1;
            if (unfenced
                    || target.markerAt(attach.marker())
                            .equals(Optional.of(new WriterId(attach.producerId(), attach.epoch())))) {
                return List.copyOf(journaled.subList(0, i + 1));
            }
        }
        return List.of();
    }

    /** Another producer id has no epoch in common with the old writer: let the old one's requests die of age. */
    private void awaitUnfenceableWriter() throws InterruptedException {
        if (attaches.isEmpty() || attaches.get(attaches.size() - 1).producerId() == writer.producerId()) {
            return;
        }
        LOG.warn(
                "partition={} has a new producer id: its transactional id was forgotten by the coordinator;"
                        + " waiting {} for requests of the old writer to expire",
                partition,
                REQUEST_LIFE);
        time.pause(REQUEST_LIFE);
    }

    private AttemptOver.Broken foreign(long expected, long end, boolean retryable) {
        boolean shorter = end < expected;
        String what = shorter
                ? "the log ends at " + end + ", " + expected + " was acknowledged: the cluster lost acknowledged data"
                : "records that this job did not write stand at offsets " + expected + " to " + (end - 1)
                        + ": somebody else produces to this partition; stop them, and rebuild it";
        return new AttemptOver.Broken(
                partition,
                what,
                retryable,
                shorter ? new Defect(Defect.Kind.LOST, end, expected) : new Defect(Defect.Kind.FOREIGN, expected, end));
    }
}
