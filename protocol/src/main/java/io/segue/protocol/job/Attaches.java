package io.segue.protocol.job;

import io.segue.protocol.job.TaskEvent.Attached;
import java.util.List;

/** Where the attaches of a task put its records: the mapping as the protocol computes it. */
public final class Attaches {
    private Attaches() {}

    /**
     * Target offset of record {@code ordinal}, by the last attach at or before it.
     *
     * @param base log end before the first record
     * @param attaches in the order of the journal, without void ones
     */
    public static long target(long base, List<Attached> attaches, long ordinal) {
        int low = 0;
        int high = attaches.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (attaches.get(middle).ordinal() > ordinal) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if (low == 0) {
            return base + ordinal;
        }
        Attached attach = attaches.get(low - 1);
        return attach.marker() + 1 + (ordinal - attach.ordinal());
    }
}
