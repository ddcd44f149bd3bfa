package io.segue.worker.append;

import io.segue.protocol.time.Backoff;
import io.segue.protocol.time.Time;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.LeaseGate;
import io.segue.worker.lease.TaskJournal;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an empty log begin at an offset of choice, before the task's first attach:
 *
 * <ol>
 *   <li>an attach was journaled → the head is filled, nothing is to be done;
 *   <li>take the next epoch; where an earlier try may still have a batch on its way, fence it with a marker, which is as good
 *       as a filler;
 *   <li>append fillers up to the offset, each acknowledged where it was expected; after any other reply begin again;
 *   <li>delete what lies below it.
 * </ol>
 *
 * Guarantee: at the end the log starts and ends at the offset, and no filler is on its way; or the attempt breaks.
 */
public final class HeadFill {
    private static final Logger LOG = LoggerFactory.getLogger(HeadFill.class);
    private static final Backoff AGAIN = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), 16);

    private final String partition;
    private final TargetPartition target;
    private final TaskJournal journal;
    private final LeaseGate lease;
    private final Time time;
    private final AppendSteps steps;
    private final Batches batches;

    /** Batches of records that are deleted again. */
    @FunctionalInterface
    public interface Batches {
        /** A batch of so many records, or fewer. */
        EncodedBatch atMost(long count);
    }

    public HeadFill(
            String partition,
            TargetPartition target,
            TaskJournal journal,
            LeaseGate lease,
            Time time,
            AppendSteps steps,
            Batches batches) {
        this.partition = partition;
        this.target = target;
        this.journal = journal;
        this.lease = lease;
        this.time = time;
        this.steps = steps;
        this.batches = batches;
    }

    /** @param base where the log is to begin */
    public void fillTo(long base) throws AttemptOver, InterruptedException {
        for (int attempt = 1; journal.attaches().isEmpty(); attempt++) {
            lease.await();
            journal.check();
            target.disconnect();
            WriterId writer = target.nextWriter();
            long end = target.end();
            if (end < base && (attempt > 1 || journal.grant().attempt() > 1)) {
                end = target.fence(writer) + 1;
            }
            if (end > base) {
                throw new AttemptOver.Broken(
                        partition,
                        "the log ends at offset " + end + ", behind " + base
                                + ", where the source's offsets begin: they"
                                + " cannot be kept; delete the topic and restore it again",
                        false);
            }
            if (fill(writer, end, base)) {
                steps.reached(AppendSteps.Step.AFTER_HEAD_FILL);
                target.deleteBefore(base);
                LOG.info("filled partition={} from={} to={}", partition, end, base);
                return;
            }
            if (!AGAIN.goesOn(attempt)) {
                throw new AttemptOver.Broken(partition, "no acknowledgement in " + attempt + " tries", true);
            }
            time.pause(AGAIN.after(attempt, ThreadLocalRandom.current()));
        }
    }

    private boolean fill(WriterId writer, long from, long base) throws AttemptOver, InterruptedException {
        long next = from;
        int sequence = 0;
        while (next < base) {
            EncodedBatch batch = batches.atMost(base - next);
            if (!target.connect() || !lease.pass()) {
                return false;
            }
            steps.reached(AppendSteps.Step.BEFORE_HEAD_FILL);
            AppendReply reply = target.append(writer, sequence, batch);
            if (reply instanceof AppendReply.Rejected rejected) {
                throw new AttemptOver.Broken(partition, partition + " refuses fillers: " + rejected.reason(), false);
            }
            if (!reply.equals(new AppendReply.Acknowledged(next))) {
                LOG.warn("fill partition={} expectedOffset={} reply={}", partition, next, reply);
                return false;
            }
            next += batch.count();
            sequence = (int) (((long) sequence + batch.count()) & Integer.MAX_VALUE);
        }
        return true;
    }
}
