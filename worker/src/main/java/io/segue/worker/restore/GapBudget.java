package io.segue.worker.restore;

import io.segue.protocol.job.RestoreTask.Preserve;
import org.jspecify.annotations.Nullable;

/** Which gaps of the source are filled: one after another from the start, while the limit lasts. Used by one thread. */
final class GapBudget {
    private long left;
    private long expected;

    private GapBudget(long left, long expected) {
        this.left = left;
        this.expected = expected;
    }

    /** @param first source offset of the first record to come; what is before it is settled */
    static GapBudget of(@Nullable Preserve preserve, long first) {
        return new GapBudget(preserve == null ? -1 : preserve.mostFilled(), first);
    }

    /** True while every gap so far was within the limit. */
    boolean lasts() {
        return left >= 0;
    }

    /** True if a batch has to end before this record, because a gap before it is to be filled. */
    boolean breaksBefore(long offset) {
        return lasts() && offset != expected;
    }

    /** Takes the gap before a record, if there is one, and the record. */
    void take(long offset) {
        if (lasts()) {
            left -= offset - expected;
        }
        expected = offset + 1;
    }
}
