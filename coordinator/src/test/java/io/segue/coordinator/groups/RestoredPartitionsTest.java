package io.segue.coordinator.groups;

import static io.segue.coordinator.groups.Worlds.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Partition;
import io.segue.protocol.manifest.Manifest.Segment;
import io.segue.protocol.manifest.Manifest.Topic;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.Run;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RestoredPartitionsTest {
    private static final Manifest MANIFEST = new Manifest(
            "b1",
            1,
            "source",
            List.of(),
            "zstd",
            List.of(
                    new Topic("orders", 4, List.of(partition(0), partition(1), partition(2))),
                    new Topic("clicks", 1, List.of(partition(0)))));

    private static Partition partition(int id) {
        Segment segment = new Segment("b1/segment-" + id, 0, 9, 0, 0, 10, 100, 100);
        return new Partition(id, List.of(segment), List.of());
    }

    private static RestoreSpec spec(Set<Integer> sourcePartitions) {
        return new RestoreSpec(
                "b1",
                "",
                "source",
                "target",
                new RestoreSpec.Selected(
                        List.of("orders"),
                        List.of(),
                        sourcePartitions,
                        Map.of("orders", "restored"),
                        Map.of(1, 5),
                        null,
                        null),
                RestoreSpec.Placement.PLAIN,
                false,
                BatchCompression.NONE,
                new RestoreSpec.Topics(true, 1, false),
                new RestoreSpec.Groups(true, List.of(), NoAnswerPolicy.REFUSE));
    }

    private static Verdict verdict(int from, int to, @org.jspecify.annotations.Nullable String unproven) {
        return new Verdict(List.of(at("orders", from)), at("restored", to), 0, 10, 10, 0, 0, null, unproven);
    }

    @Test
    void everyPartitionOfASelectedTopicHasItsStanding() {
        PartitionMapping mapping = new PartitionMapping(at("orders", 0), at("restored", 0), List.of(new Run(0, 0, 10)));

        RestoredPartitions restored = RestoredPartitions.of(
                spec(Set.of()),
                MANIFEST,
                List.of(mapping),
                List.of(verdict(0, 0, null), verdict(1, 5, "not finished")));

        assertEquals(Set.of("orders"), restored.topics());
        assertEquals(
                Map.of(
                        at("orders", 0), new Restored.Proven(mapping),
                        at("orders", 1), new Restored.Unproven(at("restored", 5), "not finished"),
                        at("orders", 2), new Restored.Unproven(at("restored", 2), "it was not restored"),
                        at("orders", 3), new Restored.NothingArchived(at("restored", 3))),
                restored.partitions());
    }

    @Test
    void partitionsThatWereLeftOutHaveNone() {
        RestoredPartitions restored =
                RestoredPartitions.of(spec(Set.of(2)), MANIFEST, List.of(), List.of(verdict(2, 2, null)));

        assertEquals(
                Map.of(
                        at("orders", 2),
                        new Restored.Proven(new PartitionMapping(at("orders", 2), at("restored", 2), List.of()))),
                restored.partitions());
    }
}
