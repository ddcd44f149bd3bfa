package io.segue.worker.restore;

import io.segue.worker.append.AppendReply;
import io.segue.worker.append.EncodedBatch;
import io.segue.worker.append.TargetPartition;
import io.segue.worker.append.WriterId;
import java.util.Optional;

/** Another partition, with the offset that the next record should get; what differs, a test overrides. */
class ForwardingTarget implements TargetPartition {
    private final TargetPartition target;
    private long next;

    ForwardingTarget(TargetPartition target) {
        this.target = target;
    }

    /** As the protocol computes it. */
    final long next() {
        return next;
    }

    /** A batch counts as written where it should be. */
    final AppendReply expected(EncodedBatch batch) {
        AppendReply reply = new AppendReply.Acknowledged(next);
        next += batch.count();
        return reply;
    }

    @Override
    public WriterId nextWriter() {
        return target.nextWriter();
    }

    @Override
    public long fence(WriterId writer) {
        long marker = target.fence(writer);
        next = marker + 1;
        return marker;
    }

    @Override
    public long end() {
        long end = target.end();
        next = next == 0 ? end : next;
        return end;
    }

    @Override
    public Optional<WriterId> markerAt(long offset) {
        return target.markerAt(offset);
    }

    @Override
    public Optional<TailRecord> lastRecord(long from, long below) {
        return target.lastRecord(from, below);
    }

    @Override
    public boolean connect() {
        return target.connect();
    }

    @Override
    public AppendReply append(WriterId writer, int baseSequence, EncodedBatch batch) {
        return target.append(writer, baseSequence, batch);
    }

    @Override
    public void deleteBefore(long offset) {
        target.deleteBefore(offset);
    }

    @Override
    public void disconnect() {
        target.disconnect();
    }

    @Override
    public void close() {
        target.close();
    }
}
