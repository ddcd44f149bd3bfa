package io.segue.worker.log;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.time.Time;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.LeaseGate;
import io.segue.worker.log.RecordLog.Read;
import io.segue.worker.task.Attempt;
import java.time.Duration;

/**
 * One pass over a stretch of a partition, as an attempt at a task.
 *
 * <ol>
 *   <li>Before each read: may this attempt go on?
 *   <li>Hand over the records below the stretch's end.
 *   <li>It is done when the <i>position</i> has reached the end: what stands there last may be a marker, aborted or
 *       compacted away, so no record need ever come.
 *   <li>Offsets that the log deleted meanwhile are told of, never passed over in silence.
 * </ol>
 */
public final class LogPass {
    /** A partition that yields nothing for so long has failed. */
    public static final Duration STALLED = Duration.ofMinutes(2);

    private final TopicPartition partition;
    private final Attempt attempt;
    private final Time time;
    private final LeaseGate gate;

    /** Takes what is read. */
    public interface Visitor {
        void record(SegmentRecord record) throws AttemptOver;

        /** The log holds offsets {@code from} (inclusive) to {@code end} (exclusive) no more. */
        void missing(long from, long end) throws AttemptOver;
    }

    public LogPass(TopicPartition partition, Attempt attempt, Time time) {
        this.partition = partition;
        this.attempt = attempt;
        this.time = time;
        this.gate = attempt.gate(time, attempt.watch()::leaseLost);
    }

    /**
     * Reads from where the log was opened to the end.
     *
     * @param from first offset, inclusive
     * @param end exclusive
     */
    public void run(RecordLog log, long from, long end, Visitor visitor) throws AttemptOver, InterruptedException {
        long position = from;
        long movedAt = time.nanos();
        while (position < end) {
            goOn();
            long before = position;
            position = step(log.read(), end, visitor);
            long now = time.nanos();
            if (position > before) {
                movedAt = now;
            } else if (now - movedAt > STALLED.toNanos()) {
                throw new AttemptOver.Broken(
                        partition.toString(),
                        "nothing came for " + STALLED.toSeconds() + " s at offset " + position + " of " + end
                                + "; check that the partition has a leader and was not truncated, and start again",
                        true);
            }
        }
    }

    private void goOn() throws AttemptOver, InterruptedException {
        if (attempt.watch().stopRequested()) {
            throw new AttemptOver.Stopped();
        }
        gate.pass();
    }

    private long step(Read read, long end, Visitor visitor) throws AttemptOver {
        if (read instanceof Read.OutOfRange missing) {
            if (missing.logStart() <= missing.position()) {
                throw new AttemptOver.Broken(
                        partition.toString(),
                        "the log does not reach offset " + missing.position()
                                + " any more: it was truncated, or the topic was made anew; start again",
                        false);
            }
            visitor.missing(missing.position(), Math.min(missing.logStart(), end));
            return missing.logStart();
        }
        long records = 0;
        long bytes = 0;
        for (SegmentRecord record : ((Read.Records) read).records()) {
            if (record.offset() >= end) {
                break;
            }
            visitor.record(record);
            records++;
            bytes += record.payloadBytes();
        }
        attempt.watch().advanced(records, bytes);
        return read.position();
    }
}
