package io.segue.e2e.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.Archives;
import io.segue.e2e.CommandLine;
import io.segue.e2e.Oracle;
import io.segue.e2e.PlainReader;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of 20 MB and of 10 bytes, quotas that hold a batch back for longer than a connection is waited for, many partitions. */
class SizesIT {
    private static final int HUGE = 20 << 20;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void recordsOfTwentyMegabytes() throws Exception {
        Random random = new Random(7);
        List<SegmentRecord> records = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] value = new byte[HUGE];
            random.nextBytes(value);
            records.add(new SegmentRecord(i, 1_000 + i, null, ByteBuffer.wrap(value), List.of()));
            records.add(Archives.record(10 + i, 2_000 + i, "small", "beside it"));
        }
        records.sort(java.util.Comparator.comparingLong(SegmentRecord::offset));
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic("sizes-huge", 1, (short) 1)
                            .configs(Map.of("max.message.bytes", Integer.toString(HUGE + 1_000)))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }

        restore("sizes-huge", records, "batch_compression: none\n");

        Oracle.assertSame(records, PlainReader.read(bootstrap(), "sizes-huge", 0, "read_committed"));
    }

    @Test
    void recordsOfTenBytes() throws Exception {
        List<SegmentRecord> records = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            records.add(Archives.record(i + i / 50_000, 1_000 + i, null, String.format("%010d", i)));
        }

        restore("sizes-tiny", records, "");

        Oracle.assertSame(records, PlainReader.read(bootstrap(), "sizes-tiny", 0, "read_committed"));
    }

    /** A batch of 900 kB at 60 kB a second: the next one waits some 15 seconds on the same connection. */
    @Test
    void aQuotaIsWaitedOut() throws Exception {
        Random random = new Random(7);
        List<SegmentRecord> records = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            byte[] value = new byte[100_000];
            random.nextBytes(value);
            records.add(new SegmentRecord(i, 1_000 + i, null, ByteBuffer.wrap(value), List.of()));
        }
        quota(60_000d);
        CommandLine.Ended ended;
        try {
            ended = restore("sizes-quota", records, "batch_compression: none\n");
        } finally {
            quota(null);
        }

        List<org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]>> found =
                PlainReader.read(bootstrap(), "sizes-quota", 0, "read_uncommitted");
        Oracle.assertSame(records, found);
        assertEquals(19, found.get(19).offset(), () -> "no fence was needed: " + ended.err());
    }

    @Test
    void aThousandPartitionsOfOneWorker() throws Exception {
        int partitions = 1_000;
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            Archives archive = new Archives(store, "b1");
            for (int partition = 0; partition < partitions; partition++) {
                archive.partition("sizes-many", partition, SegmentCompression.NONE, 100, few(partition));
            }
            archive.write();
        }

        CommandLine.Ended ended = run("max_concurrent_partitions: 1000\n");

        assertTrue(ended.out().contains("partitions proven: 1000 of 1000"), ended::out);
        for (int partition : new int[] {0, 499, 999}) {
            Oracle.assertSame(
                    few(partition), PlainReader.read(bootstrap(), "sizes-many", partition, "read_uncommitted"));
        }
    }

    private static List<SegmentRecord> few(int partition) {
        return Archives.records(
                List.of(1L, 2L, 5L), offset -> Archives.record(offset, 1_000 + offset, "k", partition + "/" + offset));
    }

    private CommandLine.Ended restore(String topic, List<SegmentRecord> records, String lines) throws Exception {
        try (FileStore store = new FileStore(directory.resolve("backups"))) {
            new Archives(store, "b1")
                    .partition(topic, 0, SegmentCompression.LZ4, 100_000, records)
                    .write();
        }
        return run(lines);
    }

    private CommandLine.Ended run(String lines) throws Exception {
        Path config = directory.resolve("restore.yaml");
        Files.writeString(config, """
                mode: restore
                backup_id: b1
                target:
                  bootstrap_servers: ["%s"]
                storage:
                  backend: filesystem
                  path: "%s"
                restore:
                  delivery: fenced
                %s""".formatted(bootstrap(), directory.resolve("backups"), lines.indent(2)));
        return new CommandLine(directory)
                .run("restore", "--config", config.toString())
                .expect(0);
    }

    /** Bytes a second for every client; null: no limit. */
    private static void quota(@Nullable Double bytesPerSecond) throws Exception {
        try (Admin admin = admin()) {
            admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                            new ClientQuotaEntity(Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null)),
                            List.of(new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond)))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap()));
    }

    private static String bootstrap() {
        return SharedSandbox.get().target().orElseThrow().bootstrapServers();
    }
}
