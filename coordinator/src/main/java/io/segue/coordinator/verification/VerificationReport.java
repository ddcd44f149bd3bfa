package io.segue.coordinator.verification;

import io.segue.protocol.job.JobState;
import io.segue.protocol.job.TaskResult.Compared;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comparing a restore with its archive found: the {@code report.json} of a verification job.
 *
 * @param restore id of the restore
 * @param partitions in the order of its audit
 */
public record VerificationReport(String jobId, String restore, JobState state, List<Partition> partitions) {
    static final String NAME = "report.json";

    public VerificationReport {
        partitions = List.copyOf(partitions);
    }

    /**
     * One target partition.
     *
     * @param records that the restore wrote, by its audit
     * @param compared null if it was not read to its end
     * @param unreadBecause why it was not; null if it was
     */
    public record Partition(
            List<TopicPartition> sources,
            TopicPartition target,
            long records,
            @Nullable Compared compared,
            @Nullable String unreadBecause) {
        public Partition {
            sources = List.copyOf(sources);
        }

        /** True if every record was compared and none differs. */
        public boolean same() {
            return compared != null && compared.same();
        }
    }

    static VerificationReport of(String jobId, String restore, List<Partition> partitions) {
        long same = partitions.stream().filter(Partition::same).count();
        JobState state = same == partitions.size()
                ? JobState.COMPLETED
                : same == 0 ? JobState.FAILED : JobState.COMPLETED_PARTLY;
        return new VerificationReport(jobId, restore, state, partitions);
    }

    public long same() {
        return partitions.stream().filter(Partition::same).count();
    }
}
