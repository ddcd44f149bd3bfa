package io.segue.coordinator.audit;

import io.segue.protocol.job.Defect;
import io.segue.protocol.job.Defect.Kind;
import org.jspecify.annotations.Nullable;

/** A reason why a partition is not proven, and what of the log causes it, where that is known. */
record Problem(String why, @Nullable Defect defect) {
    /** Between two offsets, in either order. */
    static Problem hole(String why, long from, long to) {
        return new Problem(why, new Defect(Kind.HOLE, Math.min(from, to), Math.max(from, to)));
    }
}
