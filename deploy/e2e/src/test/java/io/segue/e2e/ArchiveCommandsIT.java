package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.config.Secret;
import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.Stores;
import io.segue.sandbox.S3Endpoint;
import io.segue.sandbox.process.SharedSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code list}, {@code describe} and {@code validate} as an operator types them, on a bucket. */
class ArchiveCommandsIT {
    private static final String KEY = "nightly/topics/orders/partition=0/segment-00000000000000000100.bin.zst";

    private final S3Endpoint s3 = SharedSandbox.get().s3();
    private final ObjectStore store = new Stores(Map.of()).open(storage());
    private final String path = "s3://" + s3.bucket() + "/archive-commands?endpoint=" + s3.endpoint();
    private final CommandLine commands;

    ArchiveCommandsIT(@TempDir Path directory) throws IOException {
        commands = new CommandLine(directory)
                .with("AWS_ACCESS_KEY_ID", s3.accessKeyId())
                .with("AWS_SECRET_ACCESS_KEY", s3.secretAccessKey())
                .with("AWS_REGION", s3.region());
        List<Long> offsets = LongStream.range(0, 300).boxed().toList();
        new Archives(store, "nightly")
                .partition(
                        "orders",
                        0,
                        SegmentCompression.ZSTD,
                        100,
                        Archives.records(
                                offsets, offset -> Archives.record(offset, 1_700_000_000_000L, "k", "v" + offset)))
                .write();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aGoodArchive() throws Exception {
        assertTrue(commands.run("list", "-p", path).expect(0).out().contains("nightly"));
        String described =
                commands.run("describe", "-p", path, "-b", "nightly").expect(0).out();
        assertTrue(described.contains("1 topic, 300 records in 3 segments"), described);
        CommandLine.Ended deep =
                commands.run("validate", "-p", path, "-b", "nightly", "--deep").expect(0);
        assertTrue(deep.out().endsWith("Read 300 records in 3 segments\nResult: VALID\n"), deep.out());
    }

    @Test
    void damageIsNamedWithKeyAndPlace() throws Exception {
        byte[] content = store.read(KEY, 1 << 20);
        content[50] ^= 1;
        store.put(KEY, content);
        commands.run("validate", "-p", path, "-b", "nightly").expect(0);
        String flipped = commands.run("validate", "-p", path, "-b", "nightly", "--deep")
                .expect(1)
                .out();
        assertTrue(flipped.contains("DAMAGED  orders/0  " + KEY + ": has CRC "), flipped);
        assertTrue(flipped.contains("(byte " + (content.length - 8) + ")"), flipped);
        assertTrue(flipped.contains("Read 200 records in 3 segments"), flipped);

        store.delete(KEY);
        String missing =
                commands.run("validate", "-p", path, "-b", "nightly").expect(1).out();
        assertTrue(missing.contains("DAMAGED  orders/0  " + KEY + ": is missing"), missing);
        assertTrue(missing.endsWith("Result: INVALID (1 damage)\n"), missing);
    }

    @Test
    void wrongCredentialsAreAFailureWithoutATrace() throws Exception {
        CommandLine.Ended ended = commands.with("AWS_SECRET_ACCESS_KEY", "not-the-secret")
                .run("list", "-p", path)
                .expect(1);
        assertTrue(ended.err().startsWith("Error: cannot list s3://"), ended.err());
        assertEquals(-1, ended.err().indexOf("\tat "), ended.err());
        assertEquals("", ended.out());
    }

    private StorageConfig storage() {
        return new StorageConfig.S3(
                s3.bucket(),
                Optional.of(s3.region()),
                Optional.of(s3.endpoint().toString()),
                Optional.of(new Secret(s3.accessKeyId())),
                Optional.of(new Secret(s3.secretAccessKey())),
                "archive-commands",
                true);
    }
}
