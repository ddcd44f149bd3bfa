package io.segue.worker.append;

import io.segue.protocol.job.Attaches;
import io.segue.protocol.job.Defect;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.time.Time;
import io.segue.worker.append.TargetPartition.TailRecord;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.Lease;
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
 * attach. A day after the epoch was taken the next one is taken. <b>Guarantee</b>: between two journaled attaches only the first one's epoch
 * wrote, in order and without holes, so the log is a prefix of the sequence plus markers.
 */
public final class FencedAppend implements Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(FencedAppend.class);
    /** Longest life of what a writer of another producer id may still send: its lease and then a produce request. */
    private static final Duration UNFENCED_LIFE = Lease.TERM.plusSeconds(45);

    /** Coordinators forget a transactional id, and with it who is to be fenced, after seven idle days. */
    private static final Duration RENEWAL = Duration.ofDays(1);

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
    private boolean doubtful;
    private long writerSince;

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

    @Override
    public long attach(ContentCheck check) throws AttemptOver, InterruptedException {
        lease.await();
        journal.check();
        target.disconnect();
        writer = target.nextWriter();
        writerSince = time.nanos();
        awaitUnfenceableWriter();
        boolean first = journal.grant().attempt() == 1 && journal.attaches().isEmpty() && !headLacksMarker();
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

    @Override
    public boolean append(EncodedBatch batch, String name) throws AttemptOver, InterruptedException {
        if (!target.connect() || !renewed() || !lease.pass()) {
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

    /**
     * Daily takes the next epoch of the transactional id, so that its coordinator does not forget it. No older writer is to
     * be fenced, so that no marker is needed; the second look at the log is for an attempt that was granted meanwhile, whose
     * epoch this one has just gone beyond: then this one never writes under it.
     */
    private boolean renewed() throws AttemptOver.Superseded {
        if (time.nanos() - writerSince < RENEWAL.toNanos()) {
            return true;
        }
        journal.check();
        WriterId next = target.nextWriter();
        if (next.producerId() != writer.producerId()) {
            return false;
        }
        journal.check();
        writer = next;
        writerSince = time.nanos();
        nextSequence = 0;
        LOG.info("renewed the transactional id of partition={} epoch={}", partition, writer.epoch());
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

    /** Something of this attempt may still be on its way to the partition: the seal must fence it. */
    public void doubt() {
        doubtful = true;
    }

    /** Deletes what lies below the first record; a later attempt may do it again. */
    public void cutHead() {
        target.deleteBefore(journal.grant().base());
    }

    @Override
    public long targetOf(long ordinal) {
        return Attaches.target(journal.grant().base(), attaches, ordinal);
    }

    /**
     * Proves the end: fences once more where a second attempt was ever granted, or an acknowledgement was not the expected
     * one, and checks that nothing stands behind the last record.
     */
    @Override
    public long seal(long count, ContentCheck check) throws AttemptOver, InterruptedException {
        boolean oneWriter = journal.attaches().stream()
                        .map(attach -> new WriterId(attach.producerId(), attach.epoch()))
                        .distinct()
                        .count()
                == 1;
        if (journal.grant().attempt() > 1 || !oneWriter || doubtful) {
            long held = attach(check);
            if (held != count) {
                throw new AttemptOver.Broken(
                        partition, "the log holds " + held + " records of this task, not " + count, true);
            }
        }
        long end = target.end();
        if (end != nextOffset) {
            throw foreign(partition, nextOffset, end, false);
        }
        return end;
    }

    /** True if {@link HeadFill} left the last offset before the first record to the marker. */
    private boolean headLacksMarker() {
        return target.end() == journal.grant().base() - 1;
    }

    private long first() throws AttemptOver {
        long base = journal.grant().base();
        long end = target.end();
        if (end != base) {
            throw foreign(partition, base, end, false);
        }
        attaches = List.of();
        journal(base - 1, 0);
        return 0;
    }

    private long fenced(ContentCheck check) throws AttemptOver {
        steps.reached(AppendSteps.Step.BEFORE_FENCE);
        long marker = target.fence(writer);
        steps.reached(AppendSteps.Step.AFTER_FENCE);
        long end = target.end();
        if (end != marker + 1) {
            throw foreign(partition, marker + 1, end, true);
        }
        // only now: what an election takes away before the fence must not be counted from
        attaches = standing(marker);
        long base = journal.grant().base();
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
            throw foreign(partition, base, last.get().offset() + 1, false);
        }
        long ordinal = AttachPlan.ordinal(anchor, last);
        if (last.isPresent() && ordinal > 0) {
            check.verify(ordinal - 1, last.get());
        } else if (ordinal > 0) {
            throw new AttemptOver.Broken(
                    partition, "the log holds none of the " + ordinal + " records that were acknowledged", false);
        }
        journal(marker, ordinal);
        return ordinal;
    }

    private void journal(long marker, long ordinal) throws AttemptOver.Superseded {
        Attached attached = attached(new TargetPartition.ControlMarker(marker, writer), ordinal);
        steps.reached(AppendSteps.Step.BEFORE_ATTACH_JOURNALED);
        journal.append(attached);
        steps.reached(AppendSteps.Step.AFTER_ATTACH_JOURNALED);
        List<Attached> all = new ArrayList<>(attaches);
        all.add(attached);
        attaches = List.copyOf(all);
        nextOffset = marker + 1;
    }

    /**
     * The journaled attaches that the log bears out. Where an election has taken a marker away, the attaches from there on are
     * void, and markers that nobody journaled may stand in their place: then those are journaled that the log holds.
     */
    private List<Attached> standing(long fence) throws AttemptOver.Superseded {
        List<Attached> journaled = Attaches.standing(journal.attaches());
        int sound = 0;
        while (sound < journaled.size() && stands(journaled.get(sound))) {
            sound++;
        }
        return sound == journaled.size() ? journaled : recounted(journaled.subList(0, sound), fence);
    }

    private boolean stands(Attached attach) {
        boolean unfenced = attach.marker() == journal.grant().base() - 1;
        return unfenced
                || target.markerAt(attach.marker())
                        .equals(Optional.of(new WriterId(attach.producerId(), attach.epoch())));
    }

    private List<Attached> recounted(List<Attached> sound, long fence) throws AttemptOver.Superseded {
        long base = journal.grant().base();
        Attached last = sound.isEmpty()
                ? attached(new TargetPartition.ControlMarker(base - 1, writer), 0)
                : sound.get(sound.size() - 1);
        LOG.warn("markers behind offset {} of partition={} are gone: counting again", last.marker(), partition);
        List<Attached> counted = new ArrayList<>(sound.subList(0, Math.max(0, sound.size() - 1)));
        journal.append(last);
        counted.add(last);
        for (TargetPartition.ControlMarker marker : target.markers(last.marker() + 1, fence)) {
            last = attached(marker, last.ordinal() + marker.offset() - last.marker() - 1);
            journal.append(last);
            counted.add(last);
        }
        return List.copyOf(counted);
    }

    private Attached attached(TargetPartition.ControlMarker marker, long ordinal) {
        WriterId by = marker.writer();
        return new Attached(journal.grant().attempt(), by.producerId(), by.epoch(), marker.offset(), ordinal);
    }

    /** Another producer id has no epoch in common with the old writer: let the old one's requests die of age. */
    private void awaitUnfenceableWriter() throws InterruptedException {
        List<Attached> earlier = journal.attaches();
        if (earlier.isEmpty() || earlier.get(earlier.size() - 1).producerId() == writer.producerId()) {
            return;
        }
        LOG.warn(
                "partition={} has a new producer id: its transactional id was forgotten by the coordinator;"
                        + " waiting {} for requests of the old writer to expire",
                partition,
                UNFENCED_LIFE);
        time.pause(UNFENCED_LIFE);
    }

    /** What stands at these offsets is not this job's, or is missing. */
    static AttemptOver.Broken foreign(String partition, long expected, long end, boolean retryable) {
        boolean shorter = end < expected;
        String what = shorter
                ? "the log ends at " + end + ", " + expected + " was acknowledged: the cluster lost acknowledged data"
                : "records that this job did not write stand at offsets " + expected + " to " + (end - 1)
                        + ": somebody else produces to this partition; stop them, delete the topic, and restore it again";
        return new AttemptOver.Broken(
                partition,
                what,
                retryable,
                shorter ? new Defect(Defect.Kind.LOST, end, expected) : new Defect(Defect.Kind.FOREIGN, expected, end));
    }
}
