package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.TransactionMarker;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A13, A14: a compacted source with holes, batches that compaction emptied, and tombstones, onto a topic that compacts
 * eagerly; and a transactional source, of which the committed records alone arrive. Commits of groups stand on what is gone.
 */
@Timeout(240)
class A13A14HistoriesIT {
    private static final String COMPACTED = "a13-customers";
    private static final String TRANSACTIONS = "a14-ledger";
    private static final String ROLL = "the segment on the target";
    private static final String SOURCE = SharedSandbox.get().source().bootstrapServers();
    private static final String TARGET =
            SharedSandbox.get().target().orElseThrow().bootstrapServers();
    private static final Map<String, String> EAGER = Map.of(
            "cleanup.policy", "compact",
            "segment.bytes", Integer.toString(1 << 20),
            "segment.ms", "500",
            "min.cleanable.dirty.ratio", "0.001",
            "min.compaction.lag.ms", "0",
            "max.compaction.lag.ms", "1000");

    @TempDir
    private Path directory = Path.of("");

    private final Map<String, Long> commits = new TreeMap<>();

    @Test
    void whatIsGoneIsAGapAndEveryGroupGoesOnBehindIt() throws Exception {
        create(SOURCE, COMPACTED, EAGER);
        create(TARGET, COMPACTED, EAGER);
        create(SOURCE, TRANSACTIONS, Map.of());
        List<ConsumerRecord<byte[], byte[]>> compacted = fillCompacted();
        List<ConsumerRecord<byte[], byte[]>> committed = fillTransactions();
        commitEverywhere(COMPACTED, compacted);
        commitEverywhere(TRANSACTIONS, committed);
        CommandLine commands = new CommandLine(directory);

        commands.run("backup", "--config", backup().toString()).expect(0);
        Path restore = Configs.restore(directory, TARGET, "histories", "auto_consumer_groups: true\n");
        commands.run("three-phase-restore", "--config", restore.toString()).expect(0);

        List<ConsumerRecord<byte[], byte[]>> ledger = PlainReader.read(TARGET, TRANSACTIONS, 0, "read_uncommitted");
        assertEquals(contents(committed), contents(ledger));
        assertEquals(0, ledger.get(0).offset());
        assertEquals(committed.size() - 1, ledger.get(ledger.size() - 1).offset(), "no marker, no aborted record");
        List<ConsumerRecord<byte[], byte[]>> customers = PlainReader.read(TARGET, COMPACTED, 0, "read_uncommitted");
        assertTrue(contents(compacted).containsAll(contents(customers)));
        assertEquals(latest(compacted), latest(customers), "whatever the target compacts, tombstones are there");
        assertGroupsGoOn(compacted, customers);
        assertGroupsGoOn(compacted, compactedTarget(compacted));
    }

    /** The topic has its own policy again: waits until the cleaner has taken restored records, and reads what is left. */
    private static List<ConsumerRecord<byte[], byte[]>> compactedTarget(List<ConsumerRecord<byte[], byte[]>> restored)
            throws Exception {
        HashSet<String> all = new HashSet<>(contents(restored));
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        long left = restored.size();
        while (left == restored.size()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the target was not compacted");
            }
            produce(TARGET, COMPACTED, "target-roll", ROLL);
            left = contents(PlainReader.read(TARGET, COMPACTED, 0, "read_uncommitted")).stream()
                    .filter(all::contains)
                    .count();
        }
        holdCompactionBack(TARGET);
        List<ConsumerRecord<byte[], byte[]>> now = PlainReader.read(TARGET, COMPACTED, 0, "read_uncommitted");
        assertTrue(latest(now).entrySet().containsAll(latest(restored).entrySet()), "the last of each key is kept");
        return now;
    }

    /** An archive of the peer: offset 3 ends an aborted transaction, offset 6 a committed one; both are records there. */
    @Test
    void thePeersMarkersAreSaidAndCanBeLeftOut() throws Exception {
        // young enough that no retention holds the topic back
        long at = System.currentTimeMillis() - 3_600_000;
        List<SegmentRecord> records = new ArrayList<>();
        for (long offset = 0; offset < 10; offset++) {
            records.add(
                    offset == 3 || offset == 6
                            ? new SegmentRecord(
                                    offset,
                                    at,
                                    ByteBuffer.wrap(new byte[] {0, 0, 0, (byte) (offset == 3 ? 0 : 1)}),
                                    ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 0, 9}),
                                    List.of())
                            : Archives.record(offset, at, "k", "v" + offset));
        }
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            new Archives(store, "peer")
                    .partition("a14-peer", 0, SegmentCompression.ZSTD, 5, records)
                    .groups(Map.of("a14-peer-group", Map.of("a14-peer", Map.of(0, 6L))))
                    .write();
        }
        CommandLine commands = new CommandLine(directory);
        Path kept = Configs.restore(directory, TARGET, "peer", "topic_mapping: {a14-peer: a14-peer-kept}\n");
        Path left = Configs.restore(directory, TARGET, "peer", "drop_transaction_markers: true\n");

        String said =
                commands.run("restore", "--config", kept.toString()).expect(0).err();
        commands.run("three-phase-restore", "--config", left.toString()).expect(0);

        assertTrue(
                said.contains(
                        "2 records, the first a14-peer/0 source offset 3, have the form of a transaction's end, 1 of"
                                + " an aborted one's"),
                said);
        Oracle.assertSame(records, PlainReader.read(TARGET, "a14-peer-kept", 0, "read_uncommitted"));
        List<SegmentRecord> others = records.stream()
                .filter(record -> !TransactionMarker.looksLike(record))
                .toList();
        Oracle.assertSame(others, PlainReader.read(TARGET, "a14-peer", 0, "read_uncommitted"));
        assertEquals("v7", Groups.nextRecord(TARGET, "a14-peer-group", "a14-peer", 0));
    }

    private void assertGroupsGoOn(
            List<ConsumerRecord<byte[], byte[]>> compacted, List<ConsumerRecord<byte[], byte[]>> customers) {
        HashSet<String> there = new HashSet<>(contents(customers));
        commits.forEach((group, offset) -> {
            boolean ofLedger = group.startsWith(TRANSACTIONS);
            String topic = ofLedger ? TRANSACTIONS : COMPACTED;
            String wanted = ofLedger
                    ? Groups.nextRecord(SOURCE, group, topic, 0, "read_committed")
                    : compacted.stream()
                            .filter(record -> record.offset() >= offset && there.contains(content(record)))
                            .findFirst()
                            .map(A13A14HistoriesIT::value)
                            .orElse(there.stream().anyMatch(content -> content.endsWith(ROLL)) ? ROLL : "(end)");
            assertEquals(wanted, Groups.nextRecord(TARGET, group, topic, 0), group);
        });
    }

    /** A group at each kind of place: before, on and behind survivors, and on what is gone. */
    private void commitEverywhere(String topic, List<ConsumerRecord<byte[], byte[]>> survivors) throws Exception {
        List<Long> places =
                new ArrayList<>(List.of(0L, survivors.get(survivors.size() - 1).offset() + 1));
        for (int i = 1; i < survivors.size() && places.size() < 12; i++) {
            long before = survivors.get(i - 1).offset();
            long here = survivors.get(i).offset();
            if (here > before + 1) {
                places.addAll(List.of(before + 1, here - 1, here));
            }
        }
        assertTrue(places.size() >= 8, topic + " has no holes: " + places);
        for (long place : new HashSet<>(places)) {
            String group = topic + "-at-" + place;
            Groups.commit(SOURCE, group, Map.of(new TopicPartition(topic, 0), place));
            commits.put(group, place);
        }
    }

    /** Records of 40 keys and others of keys that come once, some deleted again, compacted; and a tail that the cleaner has not come to. */
    private static List<ConsumerRecord<byte[], byte[]>> fillCompacted() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("batch.size", "2000"))) {
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                String value = i % 97 == 0 ? null : "v" + i + "-" + "x".repeat(400);
                records.add(record(COMPACTED, i % 15 == 0 ? "once" + i : "k" + i % 40, value));
            }
            Sent.all(producer, records);
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (PlainReader.read(SOURCE, COMPACTED, 0, "read_uncommitted").size() > 2_000) {
            produce(SOURCE, COMPACTED, "roll", "the segment");
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the source was not compacted");
            }
        }
        holdCompactionBack(SOURCE);
        for (int i = 0; i < 60; i++) {
            produce(SOURCE, COMPACTED, "tail" + i % 6, i % 10 == 9 ? null : "t" + i);
        }
        return PlainReader.read(SOURCE, COMPACTED, 0, "read_uncommitted");
    }

    private static void holdCompactionBack(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            List<AlterConfigOp> set = new ArrayList<>();
            Map.of("min.compaction.lag.ms", "604800000", "max.compaction.lag.ms", "9223372036854775807")
                    .forEach((name, value) ->
                            set.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, COMPACTED), set))
                    .all()
                    .get();
        }
        int before = -1;
        for (int now = count(bootstrap); now != before; now = count(bootstrap)) {
            before = now;
        }
    }

    private static int count(String bootstrap) {
        return PlainReader.read(bootstrap, COMPACTED, 0, "read_uncommitted").size();
    }

    /** Transactions of two producers that overlap, of which every third is aborted; the last word is an abort. */
    private static List<ConsumerRecord<byte[], byte[]>> fillTransactions() {
        try (KafkaProducer<byte[], byte[]> one = producer(Map.of("transactional.id", "a14-one"));
                KafkaProducer<byte[], byte[]> other = producer(Map.of("transactional.id", "a14-other"))) {
            one.initTransactions();
            other.initTransactions();
            for (int i = 0; i < 12; i++) {
                one.beginTransaction();
                other.beginTransaction();
                for (int record = 0; record < 5; record++) {
                    Sent.all(one, List.of(record(TRANSACTIONS, "one", "one " + i + "." + record)));
                    Sent.all(other, List.of(record(TRANSACTIONS, "other", "other " + i + "." + record)));
                }
                if (i % 3 == 2) {
                    one.abortTransaction();
                } else {
                    one.commitTransaction();
                }
                if (i % 4 == 3) {
                    other.abortTransaction();
                } else {
                    other.commitTransaction();
                }
            }
        }
        return PlainReader.read(SOURCE, TRANSACTIONS, 0, "read_committed");
    }

    private static void produce(
            String bootstrap, String topic, String key, @org.jspecify.annotations.Nullable String value) {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("bootstrap.servers", bootstrap))) {
            Sent.all(producer, List.of(record(topic, key, value)));
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.putIfAbsent("bootstrap.servers", SOURCE);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, String key, @org.jspecify.annotations.Nullable String value) {
        return new ProducerRecord<>(
                topic,
                0,
                key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> contents(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(A13A14HistoriesIT::content).toList();
    }

    private static String content(ConsumerRecord<byte[], byte[]> record) {
        return record.timestamp() + " " + new String(record.key(), StandardCharsets.UTF_8) + " " + value(record);
    }

    private static String value(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null ? "(null)" : new String(record.value(), StandardCharsets.UTF_8);
    }

    private static Map<ByteBuffer, String> latest(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<ByteBuffer, String> latest = new HashMap<>();
        records.forEach(record -> latest.put(ByteBuffer.wrap(record.key()), content(record)));
        return latest;
    }

    private Path backup() throws Exception {
        Path file = directory.resolve("backup.yaml");
        Files.writeString(file, """
                mode: backup
                backup_id: histories
                source:
                  bootstrap_servers: ["%s"]
                  topics: {include: [%s, %s]}
                storage:
                  backend: filesystem
                  path: "%s"
                """.formatted(SOURCE, COMPACTED, TRANSACTIONS, directory.resolve("backups")));
        return file;
    }

    private static void create(String bootstrap, String topic, Map<String, String> configs) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(configs)))
                    .all()
                    .get();
        }
    }
}
