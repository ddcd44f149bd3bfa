package io.segue.protocol.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MappingDrawingTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final TopicPartition RESTORED = new TopicPartition("restored", 0);

    private static GroupCommits group(String name, long offset) {
        return new GroupCommits(name, Map.of(ORDERS, new Commit(offset, null)));
    }

    /** The example of docs/mapping.md. */
    @Test
    void gapsAndGroupsAreSeen() {
        PartitionMapping mapping = new PartitionMapping(
                ORDERS, RESTORED, List.of(new Run(500, 0, 3), new Run(505, 3, 2), new Run(508, 6, 1)));

        MappingDrawing drawing = MappingDrawing.of(
                        mapping, List.of(group("billing", 503), group("early", 2), group("done", 509)), 60)
                .orElseThrow();

        assertEquals(
                List.of(
                        "orders/0 → restored/0  6 records, 3 offsets missing",
                        "  source   500 ███··██·█ 509",
                        "  target     0 █████·█ 7",
                        "  billing         ▲       503 → 3 (in a gap)",
                        "  early        ◀          2 → 0 (before the start)",
                        "  done                 ▶  509 → 7 (past the end)"),
                drawing.lines());
    }

    @Test
    void manyOffsetsShareACell() {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            runs.add(new Run(1_000L + 10L * i, 5L * i, 5));
        }
        MappingDrawing drawing = MappingDrawing.of(new PartitionMapping(ORDERS, RESTORED, runs), List.of(), 10)
                .orElseThrow();

        assertEquals(java.util.Collections.nCopies(10, 50), drawing.source());
        assertEquals(java.util.Collections.nCopies(10, 100), drawing.target());
        assertTrue(
                drawing.lines().get(1).contains("▒▒▒▒▒▒▒▒▒▒"), drawing.lines().get(1));
    }

    @Test
    void ofTheLargestRangeThereIs() {
        long last = Long.MAX_VALUE - 2;
        PartitionMapping mapping =
                new PartitionMapping(ORDERS, RESTORED, List.of(new Run(0, 0, 1), new Run(last, 1, 1)));

        MappingDrawing drawing =
                MappingDrawing.of(mapping, List.of(group("far", last)), 60).orElseThrow();

        assertEquals(60, drawing.source().size());
        assertTrue(
                drawing.lines().get(3).endsWith("▲  " + last + " → 1 (exact)"),
                drawing.lines().get(3));
    }

    @Test
    void nothingRestoredIsNothingToSee() {
        assertEquals(
                Optional.empty(), MappingDrawing.of(new PartitionMapping(ORDERS, RESTORED, List.of()), List.of(), 60));
    }
}
