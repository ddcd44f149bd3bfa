package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A20 and B7: topics go to more and to fewer partitions, and two topics into one. Every record is there once, each key where
 * the Java client would put it, in its order; and every group goes on where it skips nothing and repeats the least: nothing,
 * where its commits stand on a cut.
 */
class B7RepartitionIT {
    /** Young enough that no retention holds the topics back. */
    private static final long T0 = System.currentTimeMillis() - 3_600_000;

    private static final int RECORDS = 1_200;

    @TempDir
    private Path directory = Path.of("");

    /** Records by source partition; the value says where a record comes from. */
    private final Map<TopicPartition, List<SegmentRecord>> source = new HashMap<>();

    private final Map<String, Map<TopicPartition, Long>> groups = new TreeMap<>();

    private static String bootstrap() {
        return SharedSandbox.get().target().orElseThrow().bootstrapServers();
    }

    private void topic(Archives archives, String topic, int partitions) throws Exception {
        Random random = new Random(topic.hashCode());
        List<List<SegmentRecord>> stored = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            stored.add(new ArrayList<>());
        }
        for (int i = 0; i < RECORDS; i++) {
            String key = i % 7 == 0 ? null : "key-" + random.nextInt(200);
            int p = key == null
                    ? i % partitions
                    : BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions);
            long offset = stored.get(p).isEmpty()
                    ? 10 + p
                    : stored.get(p).get(stored.get(p).size() - 1).offset() + (random.nextInt(10) == 0 ? 3 : 1);
            String value = topic + "/" + p + "/" + offset;
            stored.get(p).add(Archives.record(offset, T0 + i + random.nextInt(40), key, value));
        }
        for (int p = 0; p < partitions; p++) {
            archives.partition(topic, p, SegmentCompression.ZSTD, 50, stored.get(p));
            source.put(new TopicPartition(topic, p), stored.get(p));
        }
    }

    /** Commits at a share of each partition; shares rise for groups of a chain. */
    private void group(String name, String topic, int partitions, double... shares) {
        for (int p = 0; p < partitions; p++) {
            TopicPartition partition = new TopicPartition(topic, p);
            List<SegmentRecord> records = source.getOrDefault(partition, List.of());
            int at = (int) (records.size() * shares[p % shares.length]);
            long committed = at == records.size()
                    ? records.get(at - 1).offset() + 1
                    : records.get(at).offset();
            groups.computeIfAbsent(name, key -> new HashMap<>()).put(partition, committed);
        }
    }

    @Test
    void everyGroupSkipsNothingAndRepeatsTheLeast() throws Exception {
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            Archives archives = new Archives(store, "b1");
            topic(archives, "b7-up", 3);
            topic(archives, "b7-down", 6);
            topic(archives, "b7-left", 2);
            topic(archives, "b7-right", 2);
            group("b7-grown", "b7-up", 3, 0.2, 0.9, 0.5);
            group("b7-early", "b7-down", 6, 0.1, 0.3);
            group("b7-late", "b7-down", 6, 0.6, 0.7);
            group("b7-done", "b7-down", 6, 1);
            group("b7-twin", "b7-down", 6, 0.6, 0.7);
            group("b7-across", "b7-down", 6, 0.9, 0.1, 0.1, 0.9, 0.5, 0.5);
            group("b7-both", "b7-left", 2, 0.4);
            group("b7-both", "b7-right", 2, 0.7);
            archives.groups(written()).write();
        }
        Path config = Configs.restore(directory, bootstrap(), "b1", """
                auto_consumer_groups: true
                topic_mapping: {b7-left: b7-joined, b7-right: b7-joined}
                merge_order: cuts
                repartitioning:
                  b7-up: {target_partitions: 6}
                  b7-down: {target_partitions: 4}
                """);

        Map<String, Map<String, Long>> planned = planned(new CommandLine(directory)
                .run("restore", "--config", config.toString(), "--dry-run", "--output", "json")
                .expect(0)
                .out());
        new CommandLine(directory)
                .run("three-phase-restore", "--config", config.toString())
                .expect(0);

        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> target = new HashMap<>();
        Map.of("b7-up", 6, "b7-down", 4, "b7-joined", 2).forEach((topic, partitions) -> {
            for (int q = 0; q < partitions; q++) {
                target.put(new TopicPartition(topic, q), PlainReader.read(bootstrap(), topic, q, "read_uncommitted"));
            }
        });
        assertEveryRecordOnceWhereItsKeyBelongs(target);
        Map<String, Long> again = new TreeMap<>();
        for (String group : groups.keySet()) {
            again.put(group, readAgain(group, target, planned.getOrDefault(group, Map.of())));
        }
        assertEquals(0, again.get("b7-grown"), "one source partition for each target partition");
        assertEquals(0, again.get("b7-early"), "on a cut");
        assertEquals(0, again.get("b7-late"), "on a cut");
        assertEquals(0, again.get("b7-twin"), "on a cut");
        assertEquals(0, again.get("b7-done"), "all read");
        assertEquals(0, again.get("b7-both"), "on a cut across topics");
        assertTrue(again.getOrDefault("b7-across", 0L) > 0, "no cut can serve it as well: " + again);
    }

    /** What the dry run says that each group will read again, by target partition; exact. */
    private static Map<String, Map<String, Long>> planned(String plan) throws Exception {
        Map<String, Map<String, Long>> planned = new TreeMap<>();
        for (JsonNode line : new ObjectMapper().readTree(plan).path("readAgain")) {
            assertTrue(line.path("counted").asBoolean(), line::toString);
            planned.computeIfAbsent(line.path("group").asText(), group -> new TreeMap<>())
                    .put(line.path("target").asText(), line.path("planned").asLong());
        }
        assertTrue(planned.size() > 3, plan);
        return planned;
    }

    private Map<String, Map<String, Map<Integer, Long>>> written() {
        Map<String, Map<String, Map<Integer, Long>>> written = new TreeMap<>();
        groups.forEach((group, commits) ->
                commits.forEach((partition, offset) -> written.computeIfAbsent(group, key -> new TreeMap<>())
                        .computeIfAbsent(partition.topic(), key -> new TreeMap<>())
                        .put(partition.partition(), offset)));
        return written;
    }

    private void assertEveryRecordOnceWhereItsKeyBelongs(
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> target) {
        Map<TopicPartition, List<String>> found = new HashMap<>();
        Map<String, Integer> partitions = Map.of("b7-up", 6, "b7-down", 4);
        target.forEach((place, records) -> {
            Map<TopicPartition, Long> last = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                Origin origin = Origin.of(record);
                found.computeIfAbsent(origin.partition(), key -> new ArrayList<>())
                        .add(origin.value());
                assertTrue(
                        last.getOrDefault(origin.partition(), -1L) < origin.offset(),
                        () -> place + ": " + origin + " is out of order");
                last.put(origin.partition(), origin.offset());
                if (record.key() != null && partitions.containsKey(place.topic())) {
                    assertEquals(
                            BuiltInPartitioner.partitionForKey(record.key(), partitions.getOrDefault(place.topic(), 1)),
                            place.partition());
                }
            }
        });
        source.forEach((partition, records) -> assertEquals(
                records.stream().map(Origin::of).map(Origin::value).sorted().toList(),
                found.getOrDefault(partition, List.of()).stream().sorted().toList(),
                partition.toString()));
    }

    /** Checks every position of a group against every position there is, and returns what it reads again in all. */
    private long readAgain(
            String group, Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> target, Map<String, Long> planned)
            throws Exception {
        Map<TopicPartition, Long> committed = groups.getOrDefault(group, Map.of());
        long again = 0;
        var positions = Groups.committed(bootstrap(), group);
        for (var position : positions.entrySet()) {
            List<ConsumerRecord<byte[], byte[]>> log = target.getOrDefault(position.getKey(), List.of());
            long offset = position.getValue().offset();
            long skipped = log.stream()
                    .filter(record -> !read(committed, record) && record.offset() < offset)
                    .count();
            assertEquals(0, skipped, group + " skips records in " + position.getKey());
            long repeated = log.stream()
                    .filter(record -> read(committed, record) && record.offset() >= offset)
                    .count();
            long firstUnread = log.stream()
                    .filter(record -> !read(committed, record))
                    .mapToLong(ConsumerRecord::offset)
                    .min()
                    .orElse(Long.MAX_VALUE);
            long least = log.stream()
                    .filter(record -> read(committed, record) && record.offset() >= firstUnread)
                    .count();
            assertEquals(least, repeated, group + " in " + position.getKey());
            TopicPartition at = position.getKey();
            assertEquals(
                    planned.getOrDefault(at.topic() + "/" + at.partition(), 0L),
                    repeated,
                    group + " in " + at + " reads again what the plan said");
            again += repeated;
        }
        assertTrue(!positions.isEmpty(), group + " has no position");
        return again;
    }

    private static boolean read(Map<TopicPartition, Long> committed, ConsumerRecord<byte[], byte[]> record) {
        Origin origin = Origin.of(record);
        return origin.offset() < committed.getOrDefault(origin.partition(), 0L);
    }

    /** Where a record was on the source. */
    private record Origin(TopicPartition partition, long offset, String value) {
        static Origin of(ConsumerRecord<byte[], byte[]> record) {
            return of(new String(record.value(), StandardCharsets.UTF_8));
        }

        static Origin of(SegmentRecord record) {
            return of(StandardCharsets.UTF_8
                    .decode(java.util.Objects.requireNonNull(record.value()).duplicate())
                    .toString());
        }

        private static Origin of(String value) {
            String[] parts = value.split("/", 3);
            return new Origin(
                    new TopicPartition(parts[0], Integer.parseInt(parts[1])), Long.parseLong(parts[2]), value);
        }
    }
}
