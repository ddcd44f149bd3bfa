package io.segue.worker.restore;

import io.segue.worker.append.AppendReply;
import io.segue.worker.append.EncodedBatch;
import io.segue.worker.append.TargetPartition;
import io.segue.worker.append.WriterId;

/** Any acknowledgement is taken for the expected one. */
final class BlindToOffsets extends ForwardingTarget {
    BlindToOffsets(TargetPartition target) {
        super(target);
    }

    @Override
    public AppendReply append(WriterId writer, int baseSequence, EncodedBatch batch) {
        AppendReply reply = super.append(writer, baseSequence, batch);
        return reply instanceof AppendReply.Acknowledged ? expected(batch) : reply;
    }
}
