package io.segue.protocol.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.PeerMappingJson.Detail;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MappingBundleTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final TopicPartition RESTORED = new TopicPartition("restored", 3);

    private static MappingBundle read(String json) {
        return MappingBundleJson.read("m.json", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @EnumSource
    void whatARestoreWritesComesBackWhole(Detail detail) {
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

        MappingBundleJson.write(out, bundle, detail);

        assertEquals(bundle, read(out.toString(StandardCharsets.UTF_8)));
        assertEquals(detail == Detail.RUNS ? 4 : 102, count(out.toString(StandardCharsets.UTF_8), "\"timestamp\"") - 1);
    }

    private static int count(String text, String what) {
        return text.split(java.util.regex.Pattern.quote(what), -1).length - 1;
    }

    /** So that the peer has nothing to look up, and nothing to get wrong: 6 is in a gap. */
    @Test
    void thePeerIsToldWhereGroupsGoOn() throws Exception {
        OffsetMapping first = new PartitionMapping(ORDERS, RESTORED, List.of(new Run(5, 0, 1), new Run(9, 1, 10)));
        TopicPartition other = new TopicPartition("orders", 1);
        OffsetMapping second = new PartitionMapping(other, RESTORED, List.of(new Run(0, 11, 5)));
        GroupCommits gap = new GroupCommits("gap", Map.of(ORDERS, new Commit(6, "m"), other, new Commit(5, null)));
        GroupCommits absent = new GroupCommits("absent", Map.of(new TopicPartition("x", 0), new Commit(1, null)));

        List<PeerMappingJson.GroupOffsets> groups = PeerGroups.of(List.of(first, second), List.of(gap, absent));

        assertEquals(
                List.of(
                        new PeerMappingJson.GroupOffsets(
                                "gap", Map.of(RESTORED, new PeerMappingJson.Offset(6, 1L, "m"))),
                        new PeerMappingJson.GroupOffsets("absent", Map.of())),
                groups);
    }

    @Test
    void aReportOfThePeerHasItsMappingInIt() throws Exception {
        MappingBundle mapping = new MappingBundle(
                "m.json",
                new MappingDocument(
                        "source",
                        null,
                        7,
                        List.of(new PartitionMapping(ORDERS, RESTORED, List.of(new Run(5, 0, 3), new Run(9, 3, 2))))),
                Map.of(),
                List.of("a:1"),
                Optional.of(Map.of("g", new GroupCommits("g", Map.of(ORDERS, new Commit(9, null))))));
        PeerRestoreReportJson.Report report = new PeerRestoreReportJson.Report(
                "b1",
                1_000,
                3_000,
                List.of(new PeerRestoreReportJson.Partition(
                        List.of(ORDERS), RESTORED, 2, 5, 500, new PeerMappingJson.Times(10, 20))),
                mapping);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        PeerRestoreReportJson.write(out, report, Detail.RECORDS);

        String json = out.toString(StandardCharsets.UTF_8);
        assertEquals(mapping, read(json));
        JsonNode tree = new ObjectMapper().readTree(json);
        assertEquals("b1", tree.path("backup_id").asText());
        assertEquals(2_000, tree.path("duration_ms").asLong());
        assertEquals(2.5, tree.path("throughput_records_per_sec").asDouble());
        assertEquals("[\"g\"]", tree.path("resolved_consumer_groups").toString());
        assertEquals(
                "{\"source_partition\":0,\"target_partition\":3,\"segments_processed\":2,\"records\":5,\"bytes\":500,"
                        + "\"first_offset\":0,\"last_offset\":4,\"first_timestamp\":10,\"last_timestamp\":20}",
                tree.at("/topics_restored/0/partitions/0").toString());
        assertEquals(
                10,
                tree.at("/offset_mapping/entries/restored~13/first_timestamp").asLong());
        assertEquals(
                3,
                tree.at("/offset_mapping/consumer_groups/g/offsets/restored/3/target_offset")
                        .asLong());
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
        // the peer's own lookup answers 3, which skips a record, and -50
        OffsetMapping mapping = bundle.document().mappings().get(0);
        assertEquals(new Translation.InGap(2, 105), mapping.translate(103));
        assertEquals(new Translation.BeforeStart(0, 100), mapping.translate(50));
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
