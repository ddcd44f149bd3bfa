package io.segue.protocol.job;

import io.segue.protocol.job.TaskEvent.Attached;
import java.util.ArrayList;
import java.util.List;

/** Where the attaches of a task put its records: the mapping as the protocol computes it. */
public final class Attaches {
    private Attaches() {}

    /**
     * Those of the journaled attaches that stand. Offsets are given out once, so one whose marker is not behind that of an
     * earlier one says that the log was cut off in between, and voids the earlier one.
     */
    public static List<Attached> standing(List<Attached> journaled) {
        List<Attached> standing = new ArrayList<>();
        for (Attached attach : journaled) {
            standing.removeIf(before -> before.marker() >= attach.marker());
            standing.add(attach);
        }
        return List.copyOf(standing);
    }

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
