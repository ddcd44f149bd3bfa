package io.segue.coordinator.groups;

import static io.segue.coordinator.groups.Worlds.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.groups.HeaderScans.Scanned;
import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.Run;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What header scans come to, with and without changed partitions. */
class ScannedPartitionsTest {
    private final Worlds world = new Worlds();

    private static Scanned scanned(int target, @Nullable String problem, PartitionMapping... mappings) {
        return new Scanned(at("restored", target), List.of(mappings), 1, 0, List.of("source-cluster"), problem);
    }

    private static PartitionMapping from(int source, int target, Run... runs) {
        return new PartitionMapping(at("orders", source), at("restored", target), List.of(runs));
    }

    private GroupPlan plan(boolean all, int partitions, Scanned... scanned) {
        RestoredPartitions restored = ScannedPartitions.restored(
                List.of(scanned), Map.of("restored", "orders"), Map.of("restored", partitions), all);
        ResetRequest request = new ResetRequest(
                world.sourceCommits(),
                Strategies.only(new ResetStrategy.Translate(restored, "header-based")),
                Map.of("orders", "restored"),
                Set.of(),
                NoAnswerPolicy.REFUSE,
                false);
        return world.plan(request, world.snapshot(), "g").groups().get(0);
    }

    private static Map<TopicPartition, Long> offsets(GroupPlan plan) {
        Map<TopicPartition, Long> offsets = new TreeMap<>();
        plan.commits().forEach(commit -> offsets.put(commit.target(), commit.offset()));
        return offsets;
    }

    @Test
    void keptPartitionsFollowRuleOneAndEmptyOnesHaveOnePosition() {
        world.committed("g", "orders", 0, 5).committed("g", "orders", 1, 0);
        world.target.log("restored", 0, 0, 3);
        world.target.log("restored", 1, 0, 0);

        assertEquals(
                Map.of(at("restored", 0), 2L, at("restored", 1), 0L),
                offsets(plan(false, 2, scanned(0, null, from(0, 0, new Run(3, 0, 3))))));
    }

    @Test
    void p2AChangedNumberOfPartitionsNeedsTheFlagAndGivesThePositionInEach() {
        world.committed("g", "orders", 0, 4);
        world.target.log("restored", 0, 0, 3);
        world.target.log("restored", 1, 0, 2);
        world.target.log("restored", 2, 0, 0);
        Scanned[] scans = {
            scanned(0, null, from(0, 0, new Run(1, 0, 1), new Run(3, 1, 2))),
            scanned(1, null, from(0, 1, new Run(2, 0, 1), new Run(5, 1, 1))),
            scanned(2, null)
        };

        GroupPlan refused = plan(false, 3, scans);
        assertEquals(List.of(), refused.commits());
        assertTrue(refused.refusals().toString().contains("--scan-all-partitions"), refused.toString());
        assertEquals(
                Map.of(at("restored", 0), 2L, at("restored", 1), 1L, at("restored", 2), 0L),
                offsets(plan(true, 3, scans)));
    }

    @Test
    void aRecordThatIsThereTwiceIsNoProof() {
        world.committed("g", "orders", 0, 4);
        world.target.log("restored", 0, 0, 3);

        GroupPlan plan = plan(true, 1, scanned(0, "a record is there twice", from(0, 0, new Run(3, 0, 3))));
        assertTrue(plan.refusals().toString().contains("a record is there twice"), plan.toString());
    }
}
