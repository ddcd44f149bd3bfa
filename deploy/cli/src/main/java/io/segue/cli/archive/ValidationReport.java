package io.segue.cli.archive;

import io.segue.protocol.kafka.TopicPartition;
import java.util.List;

/**
 * What validating a backup found.
 *
 * @param segmentsRead segments whose records were all decoded; 0 unless deep
 * @param recordsRead in them
 */
record ValidationReport(
        BackupSummary summary, boolean deep, int segmentsRead, long recordsRead, List<Finding> findings) {
    ValidationReport {
        findings = List.copyOf(findings);
    }

    /** What a finding means for a restore. */
    enum Kind {
        /** Data that should be there is not, or is not what it should be. */
        DAMAGE,
        /** Offsets that the backup could not read when it was made, and says so. */
        GAP,
        /** Odd, and loses nothing. */
        REMARK
    }

    /**
     * @param partition of the source
     * @param key of the stored object, or of the manifest for what only it says
     * @param message says where in the object
     */
    record Finding(Kind kind, TopicPartition partition, String key, String message) {}

    boolean valid() {
        return count(Kind.DAMAGE) == 0;
    }

    long count(Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }
}
