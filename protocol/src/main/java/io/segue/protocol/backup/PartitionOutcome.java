package io.segue.protocol.backup;

import io.segue.protocol.manifest.Manifest;

/** What became of the backup of one partition. */
public sealed interface PartitionOutcome {
    /** Every committed record of the range is stored; a range without any has no segment. */
    record Stored(Manifest.Partition partition) implements PartitionOutcome {
        public long records() {
            return partition.segments().stream()
                    .mapToLong(Manifest.Segment::recordCount)
                    .sum();
        }
    }

    /** It was asked to stop and did, before the end. */
    record Stopped() implements PartitionOutcome {}

    /** It could not be read or stored; the message names the place and what to do. */
    record Failed(String message) implements PartitionOutcome {}
}
