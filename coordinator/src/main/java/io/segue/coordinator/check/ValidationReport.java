package io.segue.coordinator.check;

import io.segue.protocol.job.JobState;
import io.segue.protocol.kafka.TopicPartition;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What validating a backup found: the {@code report.json} of a validation job.
 *
 * @param deep true if the records were read
 * @param segmentsRead segments whose records were all looked at; 0 unless deep
 * @param recordsRead in them
 * @param findings in the order of the partitions; of damage inside segments at most 100 for each task
 * @param damages all of them, listed or not
 */
public record ValidationReport(
        boolean deep, long segmentsRead, long recordsRead, List<Finding> findings, long damages) {
    static final String NAME = "report.json";

    public ValidationReport {
        findings = List.copyOf(findings);
    }

    /** What a finding means for a restore. */
    public enum Kind {
        /** Data that should be there is not, or is not what it should be. */
        DAMAGE,
        /** Segments that could not be read to the end: nobody knows what is in them. */
        UNREAD,
        /** Offsets that the backup could not read when it was made, and says so. */
        GAP,
        /** Offsets that the backup accounts for in no way, and may not have had: compaction and transactions leave some. */
        HOLE,
        /** Odd, and loses nothing. */
        REMARK
    }

    /**
     * @param partition of the source; null: of the backup as a whole
     * @param key of the stored object, or of the manifest for what only it says
     * @param message says where in the object
     */
    public record Finding(Kind kind, @Nullable TopicPartition partition, String key, String message) {
        static final Comparator<Finding> ORDER =
                Comparator.comparing(Finding::partition, Comparator.nullsFirst(Comparator.naturalOrder()));

        static Finding ofBackup(Kind kind, String key, String message) {
            return new Finding(kind, null, key, message);
        }
    }

    /** True if nothing is damaged, and everything was read that was to be. */
    public boolean valid() {
        return damages == 0 && count(Kind.UNREAD) == 0;
    }

    /** Of the job that wrote it: what was found bad has failed, whatever else could not be read. */
    public JobState state() {
        if (damages > 0) {
            return JobState.FAILED;
        }
        return count(Kind.UNREAD) > 0 ? JobState.COMPLETED_PARTLY : JobState.COMPLETED;
    }

    public long count(Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }
}
