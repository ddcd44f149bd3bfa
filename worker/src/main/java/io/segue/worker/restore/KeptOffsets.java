package io.segue.worker.restore;

import io.segue.protocol.job.Defect;
import io.segue.protocol.job.RestoreTask.Preserve;
import io.segue.worker.append.FencedAppend;
import io.segue.worker.lease.AttemptOver;

/** Puts the records of a task at their source offsets, as far as that can be. */
final class KeptOffsets {
    private final String partition;
    private final FencedAppend append;
    private final Preserve preserve;

    KeptOffsets(String partition, FencedAppend append, Preserve preserve) {
        this.partition = partition;
        this.append = append;
        this.preserve = preserve;
    }

    /** Deletes what filled the log below the first record. */
    void cutHead() {
        append.cutHead();
    }

    /** Fills the gap before a batch whose offsets are kept; false: attach again. */
    boolean place(SourceBatch batch) throws AttemptOver, InterruptedException {
        long wanted = batch.offsets().start(0);
        if (!batch.placed() || append.nextOffset() == wanted) {
            return true;
        }
        if (append.nextOffset() < wanted) {
            return append.fillGap(wanted, batch.firstOrdinal());
        }
        if (preserve.strict()) {
            throw new AttemptOver.Broken(
                    partition,
                    "source offset " + wanted + " cannot be kept: a fence after a crash took its place, and the source"
                            + " has no gap before it; offsets: auto would go on shifted by "
                            + (append.nextOffset() - wanted),
                    new Defect(Defect.Kind.TAKEN, wanted, append.nextOffset()));
        }
        return true;
    }
}
