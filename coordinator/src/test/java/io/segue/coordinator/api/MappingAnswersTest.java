package io.segue.coordinator.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.coordinator.api.ApiWorld.Answer;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.MappingDocument;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Mappings over a real HTTP server: as files in the peer's forms, and as data to draw. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MappingAnswersTest {
    private final ApiWorld api;

    MappingAnswersTest() throws Exception {
        api = new ApiWorld();
    }

    @BeforeAll
    void aJobIsThere() {
        api.jobs.put(ApiWorld.running("restore-0-there", 250, new JobView.Log(7, 0, List.of())));
    }

    @AfterAll
    void close() throws Exception {
        api.close();
    }

    /** 100 to 103 went to 0 to 3, 110 to 113 to 4 to 7. */
    private static MappingBundle gapped() {
        TopicPartition orders = new TopicPartition("orders", 0);
        PartitionMapping mapping = new PartitionMapping(
                orders, new TopicPartition("restored", 0), List.of(new Run(100, 0, 4), new Run(110, 4, 4)));
        Map<String, GroupCommits> groups = new TreeMap<>();
        for (int i = 0; i < DrawnMapping.MOST_GROUPS + 3; i++) {
            String name = String.format("group-%03d", i);
            groups.put(name, new GroupCommits(name, Map.of(orders, new GroupCommits.Commit(105, null))));
        }
        MappingDocument document = new MappingDocument("source", "target", 1_700_000_000_000L, List.of(mapping));
        return new MappingBundle("the job", document, Map.of(), List.of("t:9092"), Optional.of(groups));
    }

    @Test
    void theDetailOfAMappingIsOfRunsOrOfRecords() throws Exception {
        api.jobs.mapping("restore-0-there", gapped());

        for (String what : List.of("mapping", "restore-report")) {
            String path = "/v1/jobs/restore-0-there/" + what;
            String points = (what.equals("mapping") ? "" : "/offset_mapping") + "/detailed_mappings/restored~10";
            assertEquals(3, api.get(path).body().at(points).size(), what);
            assertEquals(3, api.get(path + "?detail=runs").body().at(points).size(), what);
            assertEquals(8, api.get(path + "?detail=records").body().at(points).size(), what);
            assertEquals(400, api.get(path + "?detail=all").status());
        }
        assertEquals(
                "b1",
                api.get("/v1/jobs/restore-0-there/restore-report")
                        .body()
                        .path("backup_id")
                        .asText());
    }

    @Test
    void recordsAreToldUpToALimit() throws Exception {
        TopicPartition orders = new TopicPartition("orders", 0);
        PartitionMapping huge =
                new PartitionMapping(orders, orders, List.of(new Run(0, 0, MappingAnswers.MOST_RECORDS + 1)));
        api.jobs.mapping("restore-0-there", new MappingDocument("source", "target", 1_700_000_000_000L, List.of(huge)));

        Answer refused = api.get("/v1/jobs/restore-0-there/mapping?detail=records");

        assertEquals(400, refused.status());
        assertEquals("there are 20,000,001 records, of which 20,000,000 are told at most", refused.message());
        assertEquals(200, api.get("/v1/jobs/restore-0-there/mapping").status());
    }

    /** What a dashboard draws. */
    @Test
    void aMappingCanBeLookedAt() throws Exception {
        api.jobs.mapping("restore-0-there", gapped());

        JsonNode partitions = api.get("/v1/jobs/restore-0-there/mapping/drawing?cells=7")
                .body()
                .path("partitions");

        assertEquals(1, partitions.size());
        JsonNode row = partitions.path(0);
        assertEquals("orders", row.path("source_topic").asText());
        assertEquals(100, row.path("source_from").asInt());
        assertEquals(114, row.path("source_end").asInt());
        assertEquals(8, row.path("target_end").asInt());
        assertEquals("[100,100,0,0,0,100,100]", row.path("source_percent").toString());
        assertEquals(7, row.path("target_percent").size());
        assertEquals(DrawnMapping.MOST_GROUPS, row.path("groups").size());
        assertEquals(3, row.path("groups_left_out").asInt());
        assertEquals(
                "{\"group\":\"group-000\",\"source_offset\":105,\"target_offset\":4,\"kind\":\"in a gap\"}",
                row.path("groups").path(0).toString());
        assertEquals(
                0,
                api.get("/v1/jobs/restore-0-there/mapping/drawing?topic=orders")
                        .body()
                        .path("partitions")
                        .size(),
                "topics are those of the target");
        assertEquals(
                400, api.get("/v1/jobs/restore-0-there/mapping/drawing?cells=0").status());
        assertEquals(404, api.get("/v1/jobs/restore-unknown/mapping/drawing").status());
    }
}
