package io.segue.worker.compare;

import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What two records differ in: timestamp, key, value, headers and their order. Never says what is in them. Pure. */
final class RecordDifference {
    private RecordDifference() {}

    /**
     * Empty if they are the same, offsets aside.
     *
     * @param expected as the archive has it
     * @param found on the target
     */
    static Optional<String> of(SegmentRecord expected, SegmentRecord found) {
        List<String> differences = new ArrayList<>();
        if (expected.timestamp() != found.timestamp()) {
            differences.add("timestamp " + found.timestamp() + " instead of " + expected.timestamp());
        }
        bytes("key", expected.key(), found.key(), differences);
        bytes("value", expected.value(), found.value(), differences);
        headers(expected.headers(), found.headers(), differences);
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", differences));
    }

    private static void headers(List<RecordHeader> expected, List<RecordHeader> found, List<String> differences) {
        if (expected.size() != found.size()) {
            differences.add(found.size() + " headers instead of " + expected.size());
            return;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).key().equals(found.get(i).key())) {
                differences.add("header " + (i + 1) + " has another name");
                return;
            }
            bytes("header " + (i + 1), expected.get(i).value(), found.get(i).value(), differences);
        }
    }

    private static void bytes(
            String what, @Nullable ByteBuffer expected, @Nullable ByteBuffer found, List<String> differences) {
        if (expected == null || found == null) {
            if ((expected == null) != (found == null)) {
                differences.add(what + " of " + size(found) + " instead of " + size(expected));
            }
            return;
        }
        int at = expected.mismatch(found);
        if (at >= 0) {
            differences.add(
                    expected.remaining() == found.remaining()
                            ? what + " differs from byte " + at + " on"
                            : what + " of " + size(found) + " instead of " + size(expected) + ", differs from byte "
                                    + at + " on");
        }
    }

    private static String size(@Nullable ByteBuffer bytes) {
        return bytes == null ? "null" : bytes.remaining() + " bytes";
    }
}
