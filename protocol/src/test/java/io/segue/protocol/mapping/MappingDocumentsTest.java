package io.segue.protocol.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.PeerMappingJson.GroupOffsets;
import io.segue.protocol.mapping.PeerMappingJson.Offset;
import io.segue.protocol.mapping.PeerMappingJson.Times;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingDocumentsTest {
    private static final TopicPartition ORDERS0 = new TopicPartition("orders", 0);
    private static final TopicPartition ORDERS1 = new TopicPartition("orders", 1);
    private static final TopicPartition RESTORED1 = new TopicPartition("restored", 1);
    private static final PartitionMapping PAGE = new PartitionMapping(ORDERS0, ORDERS0, List.of(new Run(500, 0, 500)));
    private static final PartitionMapping GAPS = new PartitionMapping(
            ORDERS1, RESTORED1, List.of(new Run(100, 0, 1), new Run(105, 1, 2), new Run((1L << 53) + 1, 4, 1)));

    private static final MappingDocument DOCUMENT =
            new MappingDocument("source-id", null, 1_701_421_200_000L, List.of(PAGE, GAPS));

    private static List<MappedRange> ranges(PartitionMapping... mappings) {
        return List.of(mappings).stream()
                .map(mapping -> MappedRange.of(mapping).orElseThrow())
                .toList();
    }

    @Test
    void thePagesOwnLines() {
        assertEquals(
                List.of(
                        "Partition 0: Source offset 500-1000 → Target offset 0-500",
                        "Partition 1: Source offset 400-800 → Target offset 0-400"),
                MappingText.lines(ranges(new PartitionMapping(ORDERS1, ORDERS1, List.of(new Run(400, 0, 400))), PAGE)));
    }

    @Test
    void renamedTopicsAndMovedPartitionsAreSaid() {
        PartitionMapping moved = new PartitionMapping(ORDERS0, RESTORED1, List.of(new Run(7, 9, 3)));

        assertEquals(
                List.of(
                        "Topic orders → restored",
                        "Partition 0: Source offset 7-10 → Target offset 9-12 in partition 1"),
                MappingText.lines(ranges(moved)));
        assertEquals(
                "orders,0,7,10,3,restored,1,9,12",
                MappingText.csv(ranges(moved)).get(1));
    }

    @Test
    void ourOwnDocumentComesBackAsItWas() {
        assertEquals(DOCUMENT, read("mapping.json", ours(DOCUMENT)));
    }

    @Test
    void ourOwnFormatIsPinned() {
        assertEquals("""
                {
                  "version" : 2,
                  "source_cluster_id" : "source-id",
                  "target_cluster_id" : null,
                  "created_at" : 1701421200000,
                  "partitions" : [ {
                    "source" : "orders/0",
                    "target" : "orders/0",
                    "runs" : [ 500, 0, 500 ]
                  }, {
                    "source" : "orders/1",
                    "target" : "restored/1",
                    "runs" : [ 100, 0, 1, 4, 0, 2, 9007199254740886, 1, 1 ]
                  } ]
                }""", new String(ours(DOCUMENT), StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"version\":3,\"partitions\":[]}",
                "{\"version\":2}",
                "{\"version\":2,\"partitions\":[{\"source\":\"orders\",\"target\":\"orders/0\",\"runs\":[]}]}",
                "{\"version\":2,\"partitions\":[{\"source\":\"o/0\",\"target\":\"o/0\",\"runs\":[0,0]}]}",
                "{\"version\":2,\"partitions\":[{\"source\":\"o/0\",\"target\":\"o/0\",\"runs\":[-5,0,1]}]}",
                "{\"version\":2,\"partitions\":[{\"source\":\"o/0\",\"target\":\"o/0\",\"runs\":[0,0,5,-3,0,1]}]}",
                "{\"version\":2,\"partitions\":[{\"source\":\"o/0\",\"target\":\"o/0\"}]}",
                "{\"version\":2,\"partitions\":[{\"source\":\"o/0\",\"target\":\"o/0\",\"runs\":[9223372036854775807,0,9]}]}",
                "{\"version\":2,\"partitions\":["
            })
    void whatIsNoMappingIsNamed(String content) {
        InvalidMappingException refused = assertThrows(
                InvalidMappingException.class, () -> read("file.json", content.getBytes(StandardCharsets.UTF_8)));

        assertTrue(String.valueOf(refused.getMessage()).startsWith("file.json"), refused.toString());
    }

    @Test
    void thePeersDocumentHasItsKeysInclusiveEndsAndRunDetail() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PeerMappingJson.write(
                out,
                DOCUMENT,
                Map.of(ORDERS0, new Times(1000, 2000)),
                List.of(new GroupOffsets("g", Map.of(RESTORED1, new Offset(103, 1L, null)))));
        JsonNode json = new ObjectMapper().readTree(out.toByteArray());

        JsonNode page = json.at("/entries/orders~10");
        assertEquals(500, page.get("source_first_offset").longValue());
        assertEquals(999, page.get("source_last_offset").longValue());
        assertEquals(0, page.get("target_first_offset").longValue());
        assertEquals(499, page.get("target_last_offset").longValue());
        assertEquals(1000, page.get("first_timestamp").longValue());
        assertEquals("restored", json.at("/entries/restored~11/topic").textValue());
        assertEquals(
                "[{\"source_offset\":500,\"target_offset\":0,\"timestamp\":0,\"length\":500},"
                        + "{\"source_offset\":999,\"target_offset\":499,\"timestamp\":0,\"length\":0}]",
                json.at("/detailed_mappings/orders~10").toString());
        assertEquals(3, json.at("/detailed_mappings/restored~11").size());
        assertEquals(
                "{\"source_offset\":103,\"target_offset\":1,\"timestamp\":0,\"metadata\":null}",
                json.at("/consumer_groups/g/offsets/restored/1").toString());
        assertEquals("source-id", json.get("source_cluster_id").textValue());
        assertTrue(json.get("target_cluster_id").isNull());
    }

    /** None of the documents refers to a file. */
    private static MappingDocument read(String name, byte[] content) {
        return MappingJson.read(name, new ByteArrayInputStream(content), file -> {
            throw new AssertionError(file);
        });
    }

    private static byte[] ours(MappingDocument document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MappingJson.write(out, document);
        return out.toByteArray();
    }
}
