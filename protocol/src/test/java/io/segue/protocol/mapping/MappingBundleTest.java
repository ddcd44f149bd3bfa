package io.segue.protocol.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MappingBundleTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final TopicPartition RESTORED = new TopicPartition("restored", 3);

    private static MappingBundle read(String json) {
        return MappingBundleJson.read("m.json", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatARestoreWritesComesBackWhole() {
        MappingBundle bundle = new MappingBundle(
                "m.json",
                new MappingDocument(
                        "source",
                        "target",
                        7,
                        List.of(new PartitionMapping(
                                ORDERS, RESTORED, List.of(new Run(5, 5, 1), new Run(7, 7, 1), new Run(20, 8, 100))))),
                Map.of(new TopicPartition("orders", 1), new TopicPartition("restored", 1)),
                List.of("a:1", "b:2"),
                Optional.of(Map.of("g", new GroupCommits("g", Map.of(ORDERS, new Commit(6, "kept"))))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        MappingBundleJson.write(out, bundle);

        assertEquals(bundle, read(out.toString(StandardCharsets.UTF_8)));
    }

    @Test
    void thePeersFileHasAPointForEachRecordAndNoNamesOfTheSource() {
        MappingBundle bundle = read("""
                {"detailed_mappings": {"orders/0": [
                   {"source_offset": 100, "target_offset": 0, "timestamp": 1},
                   {"source_offset": 101, "target_offset": 1, "timestamp": 1},
                   {"source_offset": 105, "target_offset": 2, "timestamp": 1}]},
                 "consumer_groups": {},
                 "entries": {"orders/0": {"topic": "orders", "partition": 0, "source_first_offset": 100,
                   "source_last_offset": 105, "first_timestamp": 1, "last_timestamp": 1}},
                 "created_at": 9}
                """);

        assertEquals(
                List.of(new PartitionMapping(ORDERS, ORDERS, List.of(new Run(100, 0, 2), new Run(105, 2, 1)))),
                bundle.document().mappings());
        assertEquals(Optional.empty(), bundle.groups());
    }

    @Test
    void rangesAloneAreNoMapping() {
        String ranges = "{\"entries\": {\"orders/0\": {\"topic\": \"orders\", \"partition\": 0}}}";

        String message = String.valueOf(
                assertThrows(InvalidMappingException.class, () -> read(ranges)).getMessage());
        assertTrue(message.contains("only the ranges"), message);
        assertThrows(InvalidMappingException.class, () -> read("[1]"));
        assertThrows(InvalidMappingException.class, () -> read("{\"entries\": {\"orders\": {}}}"));
    }
}
