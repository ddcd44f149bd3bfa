package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A11: a segment missing, truncated or corrupt: that task fails with the key and the position, the others finish, the
 * report lists it, the reset of affected groups is refused; mended, the job is resumed to its end.
 */
class A11DamageIT {
    private static final String TOPIC = "a11-orders";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void failsWhereTheDamageIsAndNowhereElse() throws Exception {
        long now = System.currentTimeMillis() - 60_000;
        List<SegmentRecord> records = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            records.add(Archives.record(i, now + i, "k" + i, "v" + i));
        }
        FileStore store = new FileStore(directory.resolve("backups"));
        Archives archive = new Archives(store, "b1");
        for (int p = 0; p < 4; p++) {
            archive.partition(TOPIC, p, SegmentCompression.NONE, 500, records);
        }
        archive.partition("a11-fine", 0, SegmentCompression.NONE, 500, records);
        Manifest manifest = archive.groups(Map.of(
                        "a11-hit", Map.of(TOPIC, Map.of(0, 5L, 1, 5L)), "a11-free", Map.of("a11-fine", Map.of(0, 9L))))
                .write();
        String missing = key(manifest, 1);
        String truncated = key(manifest, 2);
        String corrupt = key(manifest, 3);
        byte[] intact = store.read(missing, 1 << 20);
        byte[] whole = store.read(truncated, 1 << 20);
        byte[] good = store.read(corrupt, 1 << 20);
        store.delete(missing);
        store.put(truncated, Arrays.copyOf(whole, whole.length - 100));
        byte[] flipped = good.clone();
        flipped[flipped.length / 2] ^= 1;
        store.put(corrupt, flipped);
        Path config = Configs.restore(
                directory, bootstrap(), "b1", "reset_consumer_offsets: true\nconsumer_groups: [a11-hit, a11-free]\n");

        CommandLine commands = new CommandLine(directory);
        CommandLine.Ended partly =
                commands.run("restore", "--config", config.toString()).expect(3);
        for (String key : List.of(missing, truncated, corrupt)) {
            assertTrue(partly.out().contains(key), key + " is named in\n" + partly.out());
        }
        Oracle.assertSame(records, PlainReader.read(bootstrap(), TOPIC, 0, "read_uncommitted"));
        assertTrue(
                Groups.committed(bootstrap(), "a11-hit").isEmpty(), "a group on an unproven partition is left alone");
        assertEquals("v9", Groups.nextRecord(bootstrap(), "a11-free", "a11-fine", 0));

        store.put(missing, intact);
        store.put(truncated, whole);
        store.put(corrupt, good);
        commands.run("resume", partly.job()).expect(0);
        for (int p = 0; p < 4; p++) {
            Oracle.assertSame(records, PlainReader.read(bootstrap(), TOPIC, p, "read_uncommitted"));
        }
        assertEquals("v5", Groups.nextRecord(bootstrap(), "a11-hit", TOPIC, 1));
    }

    /** A segment in the middle of a partition. */
    private static String key(Manifest manifest, int partition) {
        return manifest.topic(TOPIC)
                .orElseThrow()
                .partitions()
                .get(partition)
                .segments()
                .get(2)
                .key();
    }

    private static String bootstrap() {
        return SharedSandbox.get().target().orElseThrow().bootstrapServers();
    }
}
