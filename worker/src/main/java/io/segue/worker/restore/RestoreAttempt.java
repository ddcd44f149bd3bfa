package io.segue.worker.restore;

import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.job.Defect;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.Preserve;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.OfFragment;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.time.Backoff;
import io.segue.protocol.time.Time;
import io.segue.worker.append.AppendSteps;
import io.segue.worker.append.FencedAppend;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.TaskJournal;
import io.segue.worker.task.AttemptWatch;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a restore task:
 *
 * <ol>
 *   <li>attach: how many records of the sequence the log holds, checked against the archive;
 *   <li>records that the log holds and no fragment covers are read again and mapped, not sent;
 *   <li>batch by batch: append, map; after anything but the expected acknowledgement attach again and see whether the
 *       batch is there;
 *   <li>seal.
 * </ol>
 *
 * <p>Guarantee: a fragment covers only records that were acknowledged or found in the log behind a fence, and fragments follow
 * one another without gap or overlap.
 */
final class RestoreAttempt {
    /** About two minutes: an election, a rolling restart; then the coordinator decides. */
    private static final Backoff REATTACH = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), 16);

    private final RestoreTask task;
    private final TaskRecords records;
    private final TaskJournal journal;
    private final FencedAppend append;
    private final AttemptWatch watch;
    private final Context context;

    /** What every attempt of a process shares. */
    record Context(Time time, AppendSteps steps, BatchCompression codec, int batchBytes) {}

    RestoreAttempt(
            RestoreTask task,
            TaskRecords records,
            TaskJournal journal,
            FencedAppend append,
            AttemptWatch watch,
            Context context) {
        this.task = task;
        this.records = records;
        this.journal = journal;
        this.append = append;
        this.watch = watch;
        this.context = context;
    }

    /** Runs to the end of the sequence; the returned event is not yet journaled. */
    TaskEvent.Sealed run() throws AttemptOver, InterruptedException {
        Optional<OfFragment> last = journal.lastFragment();
        ReadPosition resume = last.map(OfFragment::resume).orElseGet(records::start);
        long mapped = last.map(OfFragment::endOrdinal).orElse(0L);
        MappingLog mapping = new MappingLog(journal, mapped, context.time(), context.steps());

        long held = append.attach((ordinal, found) -> verifyAgainstArchive(resume, ordinal, found.checksum()));
        if (held < mapped) {
            throw lost(held, mapped);
        }
        if (task.preserve() != null) {
            append.cutHead();
        }
        try (RecordSequence sequence = records.from(resume)) {
            skipTo(sequence, held, mapping);
            BatchBuilder builder = new BatchBuilder(sequence, task.preserve(), context.codec(), context.batchBytes());
            try (BatchFeed feed = new BatchFeed(sequence, builder, "segue-feed-" + task.id())) {
                return drain(feed, mapping);
            }
        }
    }

    private TaskEvent.Sealed drain(BatchFeed feed, MappingLog mapping) throws AttemptOver, InterruptedException {
        try {
            return deliverAll(feed, mapping);
        } catch (AttemptOver.Stopped e) {
            mapping.emit();
            throw e;
        }
    }

    private TaskEvent.Sealed deliverAll(BatchFeed feed, MappingLog mapping) throws AttemptOver, InterruptedException {
        @Nullable SourceBatch before = null;
        while (true) {
            BatchFeed.Next next = feed.take();
            if (next instanceof BatchFeed.Next.Batch batch) {
                if (watch.stopRequested()) {
                    throw new AttemptOver.Stopped();
                }
                deliver(batch.batch(), before, mapping);
                before = batch.batch();
            } else if (next instanceof BatchFeed.Next.End end) {
                mapping.emit();
                return seal(end, before);
            } else if (next instanceof BatchFeed.Next.Failure failure) {
                mapping.emit();
                throw failure.cause();
            }
        }
    }

    private TaskEvent.Sealed seal(BatchFeed.Next.End end, @Nullable SourceBatch last)
            throws AttemptOver, InterruptedException {
        context.steps().reached(AppendSteps.Step.BEFORE_SEAL);
        long endOffset = append.seal(end.count(), (ordinal, found) -> {
            if (last != null && (ordinal != end.count() - 1 || found.checksum() != last.lastChecksum())) {
                throw differs(ordinal);
            }
        });
        return new TaskEvent.Sealed(journal.grant().attempt(), end.count(), endOffset, end.repeats(), end.markers());
    }

    private void deliver(SourceBatch batch, @Nullable SourceBatch before, MappingLog mapping)
            throws AttemptOver, InterruptedException {
        String name = name(batch.offsets());
        for (int attempt = 1; !(placed(batch) && append.append(batch.encoded(), name)); attempt++) {
            if (!REATTACH.goesOn(attempt)) {
                throw new AttemptOver.Broken(name, "no acknowledgement in " + attempt + " tries", true);
            }
            context.time().pause(REATTACH.after(attempt, ThreadLocalRandom.current()));
            long held = append.attach((ordinal, found) -> {
                if (ordinal + 1 < batch.firstOrdinal()) {
                    throw lost(ordinal + 1, batch.firstOrdinal());
                }
                boolean ofBatch = ordinal == batch.endOrdinal() - 1 && found.checksum() == batch.lastChecksum();
                boolean ofBefore = ordinal == batch.firstOrdinal() - 1
                        && (before == null || found.checksum() == before.lastChecksum());
                if (!ofBatch && !ofBefore) {
                    throw differs(ordinal);
                }
            });
            if (held == batch.endOrdinal()) {
                break;
            }
            if (held < batch.firstOrdinal()) {
                throw lost(held, batch.firstOrdinal());
            }
            if (held != batch.firstOrdinal()) {
                throw broken(
                        "the target holds " + held + " records of this task; expected " + batch.firstOrdinal() + " or "
                                + batch.endOrdinal(),
                        new Defect(
                                Defect.Kind.HOLE,
                                append.targetOf(batch.firstOrdinal()),
                                append.targetOf(Math.max(held, batch.firstOrdinal()))));
            }
        }
        map(batch, mapping);
        watch.advanced(batch.encoded().count(), batch.payloadBytes());
    }

    /** Fills the gap before a batch whose offsets are kept; false: attach again. */
    private boolean placed(SourceBatch batch) throws AttemptOver, InterruptedException {
        Preserve preserve = task.preserve();
        long wanted = batch.offsets().start(0);
        if (preserve == null || !batch.placed() || append.nextOffset() == wanted) {
            return true;
        }
        if (append.nextOffset() < wanted) {
            return append.fillGap(wanted, batch.firstOrdinal());
        }
        if (preserve.strict()) {
            throw broken(
                    "source offset " + wanted + " cannot be kept: a fence after a crash took its place, and the source"
                            + " has no gap before it; offsets: auto would go on shifted by "
                            + (append.nextOffset() - wanted),
                    new Defect(Defect.Kind.TAKEN, wanted, append.nextOffset()));
        }
        return true;
    }

    private void map(SourceBatch batch, MappingLog mapping) throws AttemptOver.Superseded {
        long ordinal = batch.firstOrdinal();
        for (int i = 0; i < batch.offsets().size(); i++) {
            long length = batch.offsets().length(i);
            mapping.add(
                    source(batch.offsets().input(i)),
                    new Run(batch.offsets().start(i), append.targetOf(ordinal), length),
                    batch::resume);
            ordinal += length;
        }
        mapping.emitIfDue();
    }

    /** Reads on to record {@code held} without sending, and maps what no fragment covers yet. */
    private void skipTo(RecordSequence sequence, long held, MappingLog mapping) throws AttemptOver {
        while (sequence.ordinal() < held) {
            long ordinal = sequence.ordinal();
            SegmentRecord record = sequence.peek();
            if (record == null) {
                throw broken(
                        "the target holds " + held + " records of this task, the archive only " + ordinal,
                        new Defect(Defect.Kind.FOREIGN, append.targetOf(ordinal), append.targetOf(held)));
            }
            if (ordinal >= mapping.end()) {
                mapping.add(
                        source(sequence.input()),
                        new Run(record.offset(), append.targetOf(ordinal), 1),
                        sequence::position);
            }
            sequence.next();
        }
        mapping.emit();
    }

    private void verifyAgainstArchive(ReadPosition from, long ordinal, int checksum) throws AttemptOver {
        if (ordinal < from.ordinal()) {
            throw lost(ordinal + 1, from.ordinal());
        }
        try (RecordSequence sequence = records.from(from)) {
            @Nullable SegmentRecord record = null;
            while (sequence.ordinal() <= ordinal) {
                record = sequence.next();
                if (record == null) {
                    break;
                }
            }
            if (record == null) {
                throw differs(ordinal, Defect.Kind.FOREIGN);
            }
            if (BatchBuilder.checksum(record) != checksum) {
                throw differs(ordinal);
            }
        }
    }

    private TopicPartition source(int input) {
        return task.inputs().get(input).source();
    }

    /** First and last record of a batch. */
    private String name(SourceRuns offsets) {
        int last = offsets.size() - 1;
        return offsets.input(0) == offsets.input(last)
                ? source(offsets.input(0)) + " source offsets " + offsets.start(0) + " to " + offsets.last(last)
                : source(offsets.input(0)) + " source offset " + offsets.start(0) + " to " + source(offsets.input(last))
                        + " source offset " + offsets.last(last);
    }

    private AttemptOver.Broken lost(long held, long mapped) {
        return broken(
                "the target holds " + held + " records of this task, but " + mapped
                        + " were acknowledged: the cluster lost acknowledged data (unclean leader election?)",
                new Defect(Defect.Kind.LOST, append.targetOf(held), append.targetOf(mapped)));
    }

    private AttemptOver.Broken differs(long ordinal) {
        return differs(ordinal, Defect.Kind.ALTERED);
    }

    private AttemptOver.Broken differs(long ordinal, Defect.Kind kind) {
        long at = append.targetOf(ordinal);
        return broken(
                "record number " + ordinal + " of this task is not what the log holds there, at offset " + at
                        + ": somebody else wrote to the partition; stop them, and rebuild it",
                new Defect(kind, at, at + 1));
    }

    private AttemptOver.Broken broken(String message, Defect defect) {
        return new AttemptOver.Broken(task.target().toString(), message, defect);
    }
}
