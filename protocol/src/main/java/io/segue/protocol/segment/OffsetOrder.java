package io.segue.protocol.segment;

import org.jspecify.annotations.Nullable;

/** Offsets of a segment rise: a repeat or a step back means that two histories were mixed. */
final class OffsetOrder {
    private long last = -1;

    /** What is wrong with this offset as the next one, or null. */
    @Nullable
    String problem(long offset) {
        if (offset <= last) {
            return offset < 0
                    ? "has the negative offset " + offset
                    : "has offset " + offset + " after offset " + last + ": offsets must rise";
        }
        last = offset;
        return null;
    }

    /** The newest offset, −1 before the first. */
    long last() {
        return last;
    }
}
