package io.segue.coordinator.scan;

import io.segue.protocol.job.JobState;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a scan job: its {@code report.json}.
 *
 * @param topicIds base64 ids of the scanned topics
 * @param partitions in their order
 */
public record ScanReport(String jobId, JobState state, Map<String, String> topicIds, List<Scanned> partitions) {
    static final String NAME = "report.json";

    public ScanReport {
        topicIds = Map.copyOf(topicIds);
        partitions = List.copyOf(partitions);
    }

    /**
     * The standing of one target partition. Without a problem it counts as <i>scanned</i>: every record that carries the
     * headers looked for is in the mapping, once, in source order, and of one source cluster.
     *
     * @param records that carry them
     * @param unmarked records without them, or of another source cluster
     * @param unnamed records with an offset but no cluster, left out because a cluster was asked for
     * @param nextOffset target offset at which a later scan goes on
     * @param problem why its headers give no exact mapping; null: they do
     */
    public record Scanned(
            TopicPartition target,
            long records,
            long unmarked,
            long unnamed,
            long nextOffset,
            @Nullable String problem) {
        public boolean scanned() {
            return problem == null;
        }
    }

    public Optional<Scanned> of(TopicPartition target) {
        return partitions.stream().filter(each -> each.target().equals(target)).findFirst();
    }

    /** True if every partition is scanned without a problem. */
    public boolean complete() {
        return partitions.stream().allMatch(Scanned::scanned);
    }
}
