package io.segue.coordinator.groups;

/** Where the new offsets of a group come from. */
public sealed interface ResetStrategy {
    /** As operators write it. */
    String word();

    /**
     * Rule R1 on the groups' own source offsets: each group reads next what it would have read next on the source.
     *
     * @param restored the mapping, from a restore's own record or from a scan of the records' headers
     * @param word {@code from-mapping} or {@code header-based}
     */
    record Translate(RestoredPartitions restored, String word) implements ResetStrategy {}

    /** The first record at or after a time, epoch milliseconds; the end of the log where there is none. */
    record Timestamp(long millis) implements ResetStrategy {
        @Override
        public String word() {
            return "timestamp " + millis;
        }
    }

    /** The start of the log. */
    record Earliest() implements ResetStrategy {
        @Override
        public String word() {
            return "earliest";
        }
    }

    /** The end of the log: what is there is skipped. */
    record Latest() implements ResetStrategy {
        @Override
        public String word() {
            return "latest";
        }
    }

    /** The same offset in every partition; refused where the log does not reach it. */
    record Offset(long offset) implements ResetStrategy {
        @Override
        public String word() {
            return "offset " + offset;
        }
    }
}
