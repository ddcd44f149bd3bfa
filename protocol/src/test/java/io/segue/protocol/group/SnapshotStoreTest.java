package io.segue.protocol.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotStoreTest {
    private static final Instant TIME = Instant.parse("2026-08-20T09:17:26.123Z");
    private static final String PEERS = """
            {"snapshot_id":"snap-1","created_at":"2026-08-20T09:17:26.123456789Z",
             "group_offsets":{"g":{"group_id":"g","offsets":{"orders":{"0":{"offset":5,"metadata":null,"timestamp":null}}},
             "partition_count":1}},
             "restore_id":null,"cluster_id":null,"bootstrap_servers":["b:9092"],"description":null}""";

    private final InMemoryObjectStore objects = new InMemoryObjectStore();
    private final SnapshotStore snapshots = new SnapshotStore(objects);

    private static OffsetSnapshot snapshot(long offset) {
        return new OffsetSnapshot(
                OffsetSnapshot.idAt(TIME),
                TIME,
                Map.of(
                        "g",
                        new GroupCommits(
                                "g",
                                Map.of(
                                        new TopicPartition("orders", 0), new Commit(offset, "m"),
                                        new TopicPartition("orders", 11), new Commit(1L << 60, null))),
                        "empty",
                        new GroupCommits("empty", Map.of())),
                "job-1",
                "cluster-1",
                List.of("a:9092"),
                null,
                true);
    }

    @Test
    void aSnapshotComesBackAsItWas() {
        String key = SnapshotStore.key(snapshot(5).snapshotId());
        snapshots.saveOnce(key, snapshot(5));

        assertEquals(snapshot(5), snapshots.load(key));
    }

    @Test
    void theFirstSnapshotStays() {
        assertEquals(snapshot(5), snapshots.saveOnce("jobs/j/reset/snapshot.json", snapshot(5)));
        assertEquals(snapshot(5), snapshots.saveOnce("jobs/j/reset/snapshot.json", snapshot(6)));
        assertEquals(snapshot(5), snapshots.load("jobs/j/reset/snapshot.json"));
    }

    @Test
    void theFilesHaveThePeersFields() throws Exception {
        snapshots.saveOnce("offset-snapshots/s/snapshot.json", snapshot(5));
        ObjectMapper json = new ObjectMapper();
        JsonNode file = json.readTree(objects.read("offset-snapshots/s/snapshot.json", 10_000));
        JsonNode metadata = json.readTree(objects.read("offset-snapshots/s/metadata.json", 10_000));

        assertEquals("2026-08-20T09:17:26.123Z", file.get("created_at").textValue());
        assertEquals(
                "{\"offset\":5,\"metadata\":\"m\",\"timestamp\":null}",
                file.at("/group_offsets/g/offsets/orders/0").toString());
        assertEquals(2, file.at("/group_offsets/g/partition_count").intValue());
        assertEquals("g", file.at("/group_offsets/g/group_id").textValue());
        assertTrue(file.get("complete").booleanValue());
        assertTrue(file.get("description").isNull());
        assertEquals(2, metadata.get("group_count").intValue());
        assertEquals(2, metadata.get("offset_count").intValue());
        assertEquals("job-1", metadata.get("restore_id").textValue());
    }

    @Test
    void idsAreMadeAsThePeerMakesThem() {
        assertEquals("snap-1000-deadbd07", OffsetSnapshot.idAt(Instant.ofEpochMilli(1000)));
    }

    @Test
    void thePeersFilesAreReadAndNotTakenForComplete() {
        objects.put("f/snapshot.json", PEERS.getBytes(StandardCharsets.UTF_8));
        OffsetSnapshot read = snapshots.load("f/snapshot.json");

        assertFalse(read.complete());
        assertEquals(
                Map.of(new TopicPartition("orders", 0), new Commit(5, null)),
                read.group("g").orElseThrow().commits());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"snapshot_id\":\"s\"}",
                "{\"snapshot_id\":\"s\",\"created_at\":\"yesterday\",\"group_offsets\":{},\"restore_id\":null,"
                        + "\"cluster_id\":null,\"bootstrap_servers\":[],\"description\":null}"
            })
    void whatIsNoSnapshotIsNamed(String content) {
        objects.put("f/snapshot.json", content.getBytes(StandardCharsets.UTF_8));

        InvalidSnapshotException refused =
                assertThrows(InvalidSnapshotException.class, () -> snapshots.load("f/snapshot.json"));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("f/snapshot.json in memory://"), refused.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | [ | Cannot deserialize value of type 'io.segue.protocol.group.SnapshotFile' from Array value (token 'JsonToken.START_ARRAY') (line 1, column 1)",
                "\"offset\":5 | \"offset\":5,\"offset\":6 | Duplicate field 'offset' (line 2, column 84)",
                "\"offset\":5 | \"offset\":\"five\" | Cannot deserialize value of type 'long' from String \"five\": not a valid 'long' value (line 2, column 74)",
                "\"offset\":5 | \"offset\":null | Cannot map 'null' into type 'long' (set DeserializationConfig.DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES to 'false' to allow) (line 2, column 74)",
                "\"offset\":5, | `` | Missing required creator property 'offset' (index 0) (line 2, column 97)",
                "\"offset\":5 | \"offset\":-5 | group g has offset -5 on orders/0",
                "\"orders\" | \"../orders\" | group g has an offset on ../orders/0, which no cluster has",
                "\"0\" | \"-1\" | group g has an offset on orders/-1, which no cluster has",
                "\"0\" | \"99999999999\" | group g has an offset on orders/99999999999, which no cluster has",
                "\"partition_count\":1 | \"partition_count\":2 | group g counts 2 partitions and has 1: the file was cut or changed",
                "\"snapshot_id\" | \"x\" | the field snapshot_id is missing",
                "\"created_at\" | \"x\" | the field created_at is missing",
                "\"group_offsets\" | \"x\" | the field group_offsets is missing",
            })
    void everyRefusalNamesKeyAndPlace(String valid, String wrong, String message) {
        assertTrue(PEERS.contains(valid), valid);
        objects.put("f/snapshot.json", PEERS.replace(valid, wrong).getBytes(StandardCharsets.UTF_8));
        InvalidSnapshotException refused =
                assertThrows(InvalidSnapshotException.class, () -> snapshots.load("f/snapshot.json"));
        assertEquals(
                "f/snapshot.json in " + objects.describe() + " is no group snapshot: " + message,
                String.valueOf(refused.getMessage()).replace('`', '\''));
    }

    @Test
    void aFileWithFewerOffsetsThanItCountsWasCut() {
        objects.put(
                "f/snapshot.json",
                PEERS.replace("\"partition_count\":1", "\"partition_count\":2").getBytes(StandardCharsets.UTF_8));

        assertThrows(InvalidSnapshotException.class, () -> snapshots.load("f/snapshot.json"));
    }

    @Test
    void aCommitWithoutAnOffsetIsNotTakenForZero() {
        objects.put("f/snapshot.json", PEERS.replace("\"offset\":5,", "").getBytes(StandardCharsets.UTF_8));

        assertThrows(InvalidSnapshotException.class, () -> snapshots.load("f/snapshot.json"));
    }

    @Test
    void anIdIsNoPath() {
        assertThrows(InvalidSnapshotException.class, () -> SnapshotStore.key("../../etc"));
        assertThrows(StoreException.NotFound.class, () -> snapshots.load(SnapshotStore.key("snap-0")));
    }
}
