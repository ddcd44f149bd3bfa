package io.segue.worker.append;

import io.segue.protocol.job.Defect;
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
 * Fills an empty log so that it can begin at an offset of choice, before the task's first attach:
 *
 * <ol>
 *   <li>an attach was journaled → the head is filled, nothing is to be done;
 *   <li>take the next epoch; where an earlier try may still have a batch on its way, fence it with a marker, which is as good
 *       as a filler;
 *   <li>append fillers, each acknowledged where it was expected; after any other reply begin again. The last offset is left
 *       to the marker of the attach, so that the fence of any attempt costs none of the source's offsets;
 *   <li>{@link FencedAppend#cutHead} deletes it all, once the attach is journaled.
 * </ol>
 *
 * Guarantee: at the end the log ends one before the offset, or behind it with nothing but fences of earlier attempts there,
 * and no filler is on its way; or the attempt breaks.
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

    /** @param base where the first record is to go */
    public void fillBelow(long base) throws AttemptOver, InterruptedException {
        long last = base - 1;
        for (int attempt = 1; journal.attaches().isEmpty(); attempt++) {
            lease.await();
            journal.check();
            target.disconnect();
            WriterId writer = target.nextWriter();
            long end = target.end();
            if (end < last && (attempt > 1 || !journal.first())) {
                end = target.fence(writer) + 1;
            }
            if (end > base && target.lastRecord(base, end).isPresent()) {
                throw new AttemptOver.Broken(
                        partition,
                        "the log ends at offset " + end + ", behind " + base
                                + ", where the source's offsets begin: they"
                                + " cannot be kept in this log",
                        new Defect(Defect.Kind.TAKEN, base, end));
            }
            long began = time.nanos();
            if (fill(writer, end, last)) {
                steps.reached(AppendSteps.Step.AFTER_HEAD_FILL);
                LOG.info(
                        "filled partition={} from={} to={} millis={}",
                        partition,
                        end,
                        last,
                        (time.nanos() - began) / 1_000_000);
                return;
            }
            if (!AGAIN.goesOn(attempt)) {
                throw new AttemptOver.Broken(partition, "no acknowledgement in " + attempt + " tries", true);
            }
            time.pause(AGAIN.after(attempt, ThreadLocalRandom.current()));
        }
    }

    private boolean fill(WriterId writer, long from, long to) throws AttemptOver, InterruptedException {
        long next = from;
        int sequence = 0;
        while (next < to) {
            EncodedBatch batch = batches.atMost(to - next);
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
