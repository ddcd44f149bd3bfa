package io.segue.coordinator.backup;

import io.segue.protocol.backup.PartitionOutcome;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.BackupReport;
import io.segue.protocol.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the documents at the end say, out of what became of the partitions. Pure. */
record ManifestAssembly(List<Topic> topics, Map<TopicPartition, PartitionOutcome> outcomes) {
    boolean stopped() {
        return outcomes.values().stream().anyMatch(PartitionOutcome.Stopped.class::isInstance);
    }

    /** The topics of the manifest; like the peer's it leaves out partitions without segment and gap. */
    List<Manifest.Topic> manifestTopics() {
        return topics.stream()
                .map(topic -> new Manifest.Topic(topic.name(), topic.partitions(), partitions(topic)))
                .toList();
    }

    private List<Manifest.Partition> partitions(Topic topic) {
        List<Manifest.Partition> partitions = new ArrayList<>();
        for (int number = 0; number < topic.partitions(); number++) {
            if (outcomes.get(new TopicPartition(topic.name(), number)) instanceof PartitionOutcome.Stored stored
                    && !(stored.partition().segments().isEmpty()
                            && stored.partition().gaps().isEmpty())) {
                partitions.add(stored.partition());
            }
        }
        return partitions;
    }

    List<BackupReport.Failure> failures() {
        List<BackupReport.Failure> failures = new ArrayList<>();
        outcomes.forEach((partition, outcome) -> {
            if (outcome instanceof PartitionOutcome.Failed failed) {
                failures.add(new BackupReport.Failure(partition.topic(), partition.partition(), failed.message()));
            }
        });
        return failures;
    }

    /** True if no partition at all was stored, though there were some. */
    boolean nothing() {
        return !outcomes.isEmpty() && failures().size() == outcomes.size();
    }

    List<String> gapWarnings() {
        List<String> warnings = new ArrayList<>();
        outcomes.forEach((partition, outcome) -> {
            if (outcome instanceof PartitionOutcome.Stored stored) {
                for (Manifest.Gap gap : stored.partition().gaps()) {
                    warnings.add(partition + ": offsets " + gap.startOffset() + " to " + (gap.endOffset() - 1)
                            + " were deleted on the source before they were read");
                }
            }
        });
        return warnings;
    }

    long records() {
        return segments().mapToLong(Manifest.Segment::recordCount).sum();
    }

    long bytes() {
        return segments().mapToLong(Manifest.Segment::compressedSize).sum();
    }

    private java.util.stream.Stream<Manifest.Segment> segments() {
        return outcomes.values().stream()
                .filter(PartitionOutcome.Stored.class::isInstance)
                .map(PartitionOutcome.Stored.class::cast)
                .flatMap(stored -> stored.partition().segments().stream());
    }
}
