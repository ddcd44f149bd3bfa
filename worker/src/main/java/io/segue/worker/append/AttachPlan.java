package io.segue.worker.append;

import io.segue.worker.append.TargetPartition.TailRecord;
import java.util.Optional;

/** The arithmetic of an attach: how many records of the sequence the log holds. */
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
}
