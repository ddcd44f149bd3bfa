package io.segue.worker.compare;

import io.segue.protocol.job.Attaches;
import io.segue.protocol.job.CompareTask;
import io.segue.protocol.job.Defect.Kind;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskResult.Compared;
import io.segue.protocol.job.TaskResult.Difference;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.worker.log.LogPass;
import io.segue.worker.restore.RecordSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The archive beside the log. Record {@code k} of the sequence belongs at the offset that the attaches say, so that every
 * offset of the log is a record of the restore's, a fence, or not the restore's; order needs no check of its own. Used once,
 * by one thread.
 */
final class Comparison implements LogPass.Visitor {
    private final CompareTask task;
    private final List<Attached> attaches;
    private final RecordSequence sequence;
    private final List<Difference> differences = new ArrayList<>();
    private long same;
    private long bytes;
    private long altered;
    private long missing;
    private long foreign;

    /** The last difference, while it may still grow. */
    private @Nullable Difference open;

    /** @param sequence at its start */
    Comparison(CompareTask task, List<Attached> attaches, RecordSequence sequence) {
        this.task = task;
        this.attaches = List.copyOf(attaches);
        this.sequence = sequence;
    }

    @Override
    public void record(SegmentRecord found) {
        missUpTo(found.offset());
        SegmentRecord expected = sequence.peek();
        if (expected == null || expectedAt() != found.offset()) {
            foreign++;
            differs(Kind.FOREIGN, null, -1, found.offset(), "the restore did not write it");
            return;
        }
        Optional<String> difference = RecordDifference.of(expected, found);
        if (difference.isPresent()) {
            altered++;
            differs(Kind.ALTERED, source(), expected.offset(), found.offset(), difference.get());
        } else {
            same++;
            bytes += found.payloadBytes();
        }
        sequence.next();
    }

    @Override
    public void missing(long from, long end) {
        missUpTo(end);
    }

    /** What belongs below an offset of the log and did not come is not there. */
    private void missUpTo(long offset) {
        for (SegmentRecord gone = sequence.peek(); gone != null && expectedAt() < offset; gone = sequence.peek()) {
            missing++;
            differs(Kind.LOST, source(), gone.offset(), expectedAt(), "not on the target");
            sequence.next();
        }
    }

    private long expectedAt() {
        return Attaches.target(task.base(), attaches, sequence.ordinal());
    }

    private TopicPartition source() {
        return task.restored().inputs().get(sequence.input()).source();
    }

    /** What follows on the last difference and is of its kind belongs to it. */
    private void differs(Kind kind, @Nullable TopicPartition source, long sourceOffset, long offset, String message) {
        Difference before = open;
        if (before != null
                && before.kind() == kind
                && kind != Kind.ALTERED
                && before.targetOffset() + before.records() == offset
                && (source == null || source.equals(before.source()))) {
            open = new Difference(
                    kind,
                    before.source(),
                    before.sourceOffset(),
                    before.targetOffset(),
                    before.records() + 1,
                    before.message());
            return;
        }
        close();
        open = new Difference(kind, source, sourceOffset, offset, 1, message);
    }

    private void close() {
        Difference before = open;
        if (before != null && differences.size() < Compared.MAX_DIFFERENCES) {
            differences.add(before);
        }
        open = null;
    }

    /** Sums up. What the log lost at its end is counted, not read from the archive. */
    Compared end() {
        SegmentRecord next = sequence.peek();
        long left = task.count() - sequence.ordinal();
        if (left > 0) {
            missing += left;
            close();
            open = new Difference(
                    Kind.LOST,
                    next == null ? null : source(),
                    next == null ? -1 : next.offset(),
                    expectedAt(),
                    left,
                    "not on the target: the log was read up to offset " + task.readTo() + ", the restore wrote up to "
                            + task.end());
        }
        close();
        return new Compared(same, bytes, altered, missing, foreign, differences);
    }
}
