package io.segue.worker.restore;

import io.segue.worker.append.AppendReply;
import io.segue.worker.append.AppendReply.Acknowledged;
import io.segue.worker.append.EncodedBatch;
import io.segue.worker.append.TargetPartition;
import io.segue.worker.append.WriterId;
import org.jspecify.annotations.Nullable;

/** A second batch leaves before the answer to the first has come: what became of the first is told with the second. */
final class TwoInFlight extends ForwardingTarget {
    private @Nullable AppendReply before;

    TwoInFlight(TargetPartition target) {
        super(target);
    }

    @Override
    public WriterId nextWriter() {
        before = null;
        return super.nextWriter();
    }

    @Override
    public AppendReply append(WriterId writer, int baseSequence, EncodedBatch batch) {
        AppendReply trouble = before;
        AppendReply reply = super.append(writer, baseSequence, batch);
        before = null;
        if (trouble != null) {
            return trouble;
        }
        boolean good = reply.equals(new Acknowledged(next()));
        before = good ? null : reply;
        return expected(batch);
    }
}
