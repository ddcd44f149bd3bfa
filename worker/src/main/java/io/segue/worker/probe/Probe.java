package io.segue.worker.probe;

import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.job.TaskResult.Probed;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.worker.append.AppendReply;
import io.segue.worker.append.AppendReply.Acknowledged;
import io.segue.worker.append.EncodedBatch;
import io.segue.worker.append.TargetFailure;
import io.segue.worker.append.TargetPartition;
import io.segue.worker.append.WriterId;
import io.segue.worker.append.wire.BatchEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What fenced append rests on, tried on an empty log:
 *
 * <ol>
 *   <li>a writer's batch is acknowledged at offset 0;
 *   <li>the next writer has the same producer id and a higher epoch;
 *   <li>its empty transaction costs one offset, where a reader finds its marker;
 *   <li>a batch of the older epoch, outside transactions, is refused from then on;
 *   <li>one of the newer epoch stands right behind the marker, and nothing else does.
 * </ol>
 */
final class Probe {
    private static final long TIMESTAMP = 1_000_000_000_000L;

    private final TargetPartition scratch;
    private final List<String> evidence = new ArrayList<>();

    private Probe(TargetPartition scratch) {
        this.scratch = scratch;
    }

    /**
     * @param transactions tries to write transactions behind what is there: what went wrong, or empty
     * @throws TargetFailure if the cluster does not answer, or grants no transactional id
     */
    static Probed of(TargetPartition scratch, Supplier<Optional<String>> transactions) {
        Probe probe = new Probe(scratch);
        boolean fences = probe.fences();
        Optional<String> problem = transactions.get();
        probe.evidence.add(problem.orElse("a transaction was written and committed by its successor"));
        return new Probed(fences, problem.isEmpty(), probe.evidence);
    }

    private boolean fences() {
        WriterId first = scratch.nextWriter();
        if (!acknowledged(send(first, 0), 0, "a batch")) {
            return false;
        }
        WriterId second = scratch.nextWriter();
        if (second.producerId() != first.producerId() || second.epoch() <= first.epoch()) {
            evidence.add("a second producer under the same transactional id got " + second + " after " + first);
            return false;
        }
        long marker = scratch.fence(second);
        if (marker != 1 || !scratch.markerAt(1).equals(Optional.of(second))) {
            evidence.add("an empty transaction left its marker at offset " + marker + ", not at 1");
            return false;
        }
        AppendReply late = send(first, 1);
        if (late instanceof Acknowledged) {
            evidence.add("a batch of an older epoch was taken behind the marker of a newer one");
            return false;
        }
        evidence.add("behind a marker of a newer epoch a batch of an older one is refused");
        return acknowledged(send(second, 0), 2, "a batch behind the marker") && ends();
    }

    private boolean ends() {
        long end = scratch.end();
        if (end != 3) {
            evidence.add("the log ended at offset " + end + " and not 3");
        }
        return end == 3;
    }

    private boolean acknowledged(AppendReply reply, long offset, String what) {
        if (reply instanceof AppendReply.Unknown unknown) {
            throw new TargetFailure(what + " was not acknowledged: " + unknown.reason(), true, null);
        }
        if (reply instanceof AppendReply.Rejected rejected) {
            throw new TargetFailure(what + " was refused: " + rejected.reason(), false, null);
        }
        boolean there = reply.equals(new Acknowledged(offset));
        if (!there) {
            evidence.add(what + " was to be at offset " + offset + ": " + reply);
        }
        return there;
    }

    private AppendReply send(WriterId writer, int sequence) {
        BatchEncoder encoder = new BatchEncoder(BatchCompression.NONE, 1_000);
        encoder.add(new SegmentRecord(0, TIMESTAMP, null, ByteBuffer.wrap(new byte[] {1}), List.of()));
        EncodedBatch batch = encoder.take();
        return scratch.connect()
                ? scratch.append(writer, sequence, batch)
                : new AppendReply.Unknown("no connection to the leader");
    }
}
