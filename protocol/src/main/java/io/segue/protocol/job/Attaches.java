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
        for (int i = attaches.size() - 1; i >= 0; i--) {
            Attached attach = attaches.get(i);
            if (attach.ordinal() <= ordinal) {
                return attach.marker() + 1 + (ordinal - attach.ordinal());
            }
        }
        return base + ordinal;
    }
}
