package io.segue.cli.groups;

import io.segue.cli.engine.EmbeddedFleet;
import io.segue.cli.engine.Spool;
import io.segue.cli.jobs.ShownJob;
import io.segue.cli.progress.ProgressReporter;
import io.segue.coordinator.groups.HeaderScans;
import io.segue.coordinator.restore.RunLimits;
import io.segue.coordinator.scan.HeaderScan;
import io.segue.coordinator.scan.Scan;
import io.segue.coordinator.scan.ScanReport;
import io.segue.coordinator.scan.ScanRequest;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.OffsetMapping;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.store.Stores;
import io.segue.protocol.time.Time;
import io.segue.worker.jobs.JobAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Scans in this process, each topic by a job whose state goes when it ends: all its partitions are read, several at a time,
 * when the first of them is asked for. Used by one thread.
 */
public final class JobHeaderScans implements HeaderScans {
    private static final int AT_A_TIME = 4;

    private final KafkaConnection target;
    private final Path temporary;
    private final Map<Asked, Map<TopicPartition, Scanned>> known = new HashMap<>();

    private record Asked(
            String topic, String sourceTopic, @Nullable String sourceCluster) {}

    /** @param temporary existing directory */
    public JobHeaderScans(KafkaConnection target, Path temporary) {
        this.target = target;
        this.temporary = temporary;
    }

    @Override
    public Scanned scan(TopicPartition at, LogRange log, String sourceTopic, @Nullable String sourceCluster) {
        Map<TopicPartition, Scanned> topic =
                known.computeIfAbsent(new Asked(at.topic(), sourceTopic, sourceCluster), this::scan);
        return Optional.ofNullable(topic.get(at))
                .orElseThrow(() -> new IllegalStateException("partition " + at + " came after the scan of its topic"));
    }

    private Map<TopicPartition, Scanned> scan(Asked asked) {
        ScanRequest request = new ScanRequest(
                List.of(asked.topic()),
                asked.sourceCluster(),
                Map.of(asked.topic(), asked.sourceTopic()),
                Optional.empty());
        try (Spool spool = Spool.below(temporary);
                EmbeddedFleet fleet = EmbeddedFleet.unkept(
                        new JobAccess(Optional.empty(), Optional.empty(), Optional.of(target)),
                        AT_A_TIME,
                        new Stores(Map.of()),
                        spool)) {
            RunLimits limits = new RunLimits(fleet.workers(), Time.system(), AT_A_TIME, () -> false);
            Scan scan = new HeaderScan(
                            fleet.jobs(), fleet.cluster(), new ShownJob(ProgressReporter.silent(), "scanning"), limits)
                    .of(request)
                    .orElseThrow();
            return partitions(scan);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topic " + asked.topic() + " was scanned", e);
        }
    }

    private static Map<TopicPartition, Scanned> partitions(Scan scan) {
        Map<TopicPartition, Scanned> found = new HashMap<>();
        for (ScanReport.Scanned partition : scan.report().partitions()) {
            List<PartitionMapping> mappings = scan.mapping().mappings().stream()
                    .filter(mapping -> mapping.target().equals(partition.target()))
                    .map(JobHeaderScans::atHand)
                    .toList();
            String cluster = scan.mapping().sourceClusterId();
            found.put(
                    partition.target(),
                    new Scanned(
                            partition.target(),
                            mappings,
                            partition.records(),
                            partition.unmarked() + partition.unnamed(),
                            cluster == null ? List.of() : List.of(cluster),
                            partition.problem()));
        }
        return found;
    }

    /** The files of the scan's own mapping go with it. */
    private static PartitionMapping atHand(OffsetMapping mapping) {
        List<Run> runs = new ArrayList<>();
        mapping.runs().forEach(runs::add);
        return new PartitionMapping(mapping.source(), mapping.target(), runs);
    }
}
