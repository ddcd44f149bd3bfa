package io.segue.e2e.source;

import io.segue.e2e.proof.Seen;
import java.util.List;

/** Where in a partition a group has committed, the committed offset being that of the next record to read. */
public enum Place {
    /** The first record there is. */
    BEGIN {
        @Override
        public long offset(List<Seen> records, long end) {
            return records.get(0).offset();
        }
    },
    /** The record in the middle. */
    MIDDLE {
        @Override
        public long offset(List<Seen> records, long end) {
            return records.get(records.size() / 2).offset();
        }
    },
    /** An offset without a record, in the widest gap that compaction, an abort or a marker left. */
    GAP {
        @Override
        public long offset(List<Seen> records, long end) {
            int before = 0;
            long widest = 0;
            for (int i = 0; i + 1 < records.size(); i++) {
                long width = records.get(i + 1).offset() - records.get(i).offset();
                if (width > widest) {
                    widest = width;
                    before = i;
                }
            }
            if (widest < 2) {
                throw new IllegalArgumentException("there is no gap");
            }
            return records.get(before).offset() + Math.max(1, widest / 2);
        }
    },
    /** The last record. */
    LAST {
        @Override
        public long offset(List<Seen> records, long end) {
            return records.get(records.size() - 1).offset();
        }
    },
    /** Behind the last record: nothing is left to read. */
    END {
        @Override
        public long offset(List<Seen> records, long end) {
            return end;
        }
    };

    /**
     * The offset to commit.
     *
     * @param records of the partition, as a consumer sees them; not empty
     * @param end of the partition for that consumer
     * @throws IllegalArgumentException if the partition has no such place
     */
    public abstract long offset(List<Seen> records, long end);
}
