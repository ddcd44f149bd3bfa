package io.segue.worker.append;

import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.worker.append.TargetPartition.TailRecord;
import java.util.List;
import java.util.Optional;

/** The arithmetic of an attach: how many records of the sequence the log holds, and where each of them stands. */
final class AttachPlan {
    private AttachPlan() {}

    /** The journaled attach from which records are counted; {@code base − 1, 0} where none was journaled. */
    record Anchor(long marker, long ordinal) {}

    /** Records are numbered on from the anchor: the last data record at {@code o} is number {@code k' + (o − m') − 1}. */
    static long ordinal(Anchor anchor, Optional<TailRecord> lastRecord) {
        return lastRecord
                .filter(record -> record.offset() > anchor.marker())
                .map(record -> anchor.ordinal() + (record.offset() - anchor.marker()))
                .orElse(anchor.ordinal());
    }

    /**
     * Target offset of record {@code ordinal}, by the last attach at or before it.
     *
     * @param attaches in the order of the journal, without void ones
     */
    static long target(long base, List<Attached> attaches, long ordinal) {
        for (int i = attaches.size() - 1; i >= 0; i--) {
            Attached attach = attaches.get(i);
            if (attach.ordinal() <= ordinal) {
                return attach.marker() + 1 + (ordinal - attach.ordinal());
            }
        }
        return base + ordinal;
    }
}
