package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Partition;
import io.segue.protocol.manifest.Manifest.Segment;
import io.segue.protocol.manifest.Manifest.Topic;
import io.segue.protocol.manifest.ManifestJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * D2: a hostile archive (bombs, absurd lengths and counts, keys and names that lead elsewhere, deep JSON, huge manifests) is
 * refused with a clear error, by a process with a heap of 256 MiB.
 */
@Timeout(120)
class D2HostileArchiveIT {
    private static final int MIB = 1 << 20;
    /** Zeros of JSON or records that a bomb holds: twice the heap. */
    private static final int BOMB = 512 * MIB;

    /** Of no meaning for zstd. */
    private static final byte BATCH_FORMAT = 2;

    private static final byte NONE = 0;
    private static final byte ZSTD = 1;
    private static final byte LZ4 = 2;

    @TempDir
    private Path directory = Path.of("");

    private Path archives = Path.of("");
    private CommandLine commands = new CommandLine(Path.of(""));
    private final List<Segment> segments = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();

    @BeforeEach
    void smallHeap() throws IOException {
        archives = Files.createDirectory(directory.resolve("archives"));
        commands = new CommandLine(directory)
                .with("JAVA_OPTS", "-Xmx256m -XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + directory.resolve("tmp"));
    }

    @Test
    void everyHostileSegmentIsAFindingOfTheSameValidation() throws Exception {
        binary("zeros", ZSTD, 1, zstd(out -> zeros(out, BOMB)), "has a record of 0 bytes; the smallest has 26");
        binary(
                "long-record",
                ZSTD,
                1,
                zstd(D2HostileArchiveIT::longRecord),
                "has a record of 209715200 bytes; the limit is 1");
        binary("liar", NONE, 1, record(1 << 30), "has a record of 1073741824 bytes; the limit is 1");
        binary(
                "count",
                NONE,
                Long.MAX_VALUE,
                record(26),
                "claims 9223372036854775807 records, more than fit into 30 bytes");
        binary(
                "window",
                ZSTD,
                1,
                new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, (byte) 0xA8, 1, 0, 0},
                "cannot be decompressed: Frame requires too much memory for decoding");
        binary("lz4", LZ4, 1, lz4Bomb(), "has a record of 0 bytes; the smallest has 26");
        binary("snappy", (byte) 4, 1, record(26), "has unknown compression 4; known are 0 none, 1 zstd, 2 lz4");
        json(
                "json-value",
                out -> repeat(out, "[{\"offset\":1,\"timestamp\":1,\"value\":\"", "AAAA", BOMB),
                "has a record of more than 1");
        json("json-name", out -> repeat(out, "[{\"", "AAAA", BOMB), "is no legacy JSON: Name length (");
        json(
                "json-key",
                out -> repeat(out, "[{\"headers\":[{\"key\":\"", "AAAA", BOMB),
                "is no legacy JSON: String value length (");
        json(
                "json-deep",
                out -> repeat(out, "[{\"x\":", "[[[[", BOMB),
                "is no legacy JSON: Document nesting depth (9)");
        json("json-fields", D2HostileArchiveIT::manyFields, "has more than 1000 different fields");
        json(
                "json-headers",
                out -> repeat(out, "[{\"headers\":[", "{\"key\":\"\",\"value\":\"\"},", BOMB),
                "has more than 65535 headers");
        for (int i = 0; i < 4; i++) {
            json("json-large-" + i, D2HostileArchiveIT::largeValue, "ends in the middle of its JSON");
        }
        for (String key :
                List.of("../../etc/passwd", "/etc/passwd", "segments/a\0b", "segments/" + "k".repeat(2_000))) {
            segments.add(new Segment(key, 0, 0, 0, 0, 1, 0, 0));
        }
        write("segments", segments);
        CommandLine.Ended ended = commands.run("validate", "-p", archives.toString(), "-b", "segments", "--deep")
                .expect(1);
        for (String message : messages) {
            assertTrue(ended.out().contains(message), message + "\n" + ended.out() + ended.err());
        }
        assertEquals(4, ended.out().split("cannot be the key of a segment: ", -1).length - 1, ended.out());
        assertTrue(ended.out().endsWith("Result: INVALID (" + (messages.size() + 4) + " damages)\n"), ended.out());
        assertNothingLeft();
    }

    @Test
    void everyHostileManifestIsRefusedByTheSameListing() throws Exception {
        Files.createDirectories(archives.resolve("huge"));
        try (RandomAccessFile huge =
                new RandomAccessFile(archives.resolve("huge/manifest.json").toFile(), "rw")) {
            huge.setLength(1L << 30);
        }
        String head = "{\"backup_id\":\"b\",\"created_at\":1,\"topics\":[";
        int most = 30 * MIB;
        manifest("brokers", out -> repeat(out, "{\"source_brokers\":[\"\"", ",\"a\"", most));
        manifest("fields", out -> numbered(out, "{\"x\":{\"\":0", ",\"#\":0", most));
        manifest(
                "partitions",
                out -> numbered(
                        out,
                        head + "{\"name\":\"t\",\"partitions\":[{\"partition_id\":999999,\"segments\":[]}",
                        ",{\"partition_id\":#,\"segments\":[]}",
                        most));
        manifest("deep", out -> repeat(out, "{\"x\":", "[", most));
        manifest("string", out -> repeat(out, "{\"backup_id\":\"", "A", most));
        manifest("name", out -> repeat(out, "{\"", "A", most));
        manifest("duplicate", out -> out.write(utf8("{\"backup_id\":\"a\",\"backup_id\":\"b\"}")));
        manifest("dots", out -> out.write(utf8(head + "{\"name\":\"..\"}]}")));
        manifest("slash", out -> out.write(utf8(head + "{\"name\":\"../../etc\"}]}")));
        manifest("nul", out -> out.write(utf8(head + "{\"name\":\"a\\u0000b\"}]}")));
        manifest(
                "sparse",
                out -> out.write(utf8(head + "{\"name\":\"t\",\"partitions\":[{\"partition_id\":2147483647}]}]}")));
        CommandLine.Ended ended =
                commands.run("list", "-p", archives.toString()).expect(3);
        for (String refused : List.of(
                "huge: huge/manifest.json in file://",
                "brokers: brokers/manifest.json: is larger than this program reads: Token count",
                "fields: fields/manifest.json: is larger than this program reads: Token count",
                "partitions: partitions/manifest.json: is larger than this program reads: Token count",
                "deep: deep/manifest.json: is larger than this program reads: Document nesting depth (33)",
                "string: string/manifest.json: is larger than this program reads: String value length",
                "name: name/manifest.json: is larger than this program reads: Name length",
                "duplicate: duplicate/manifest.json: is no valid JSON: Duplicate field 'backup_id'",
                "dots: dots/manifest.json: is no legal topic name",
                "slash: slash/manifest.json: is no legal topic name",
                "nul: nul/manifest.json: is no legal topic name",
                "sparse: sparse/manifest.json: 2147483647 is not between 0 and 999999")) {
            assertTrue(ended.out().contains("Unreadable: " + refused), refused + "\n" + ended.out() + ended.err());
        }
        assertTrue(ended.out().contains("has 1073741824 bytes; the limit is "), ended.out());
        assertNothingLeft();
    }

    /** Native libraries and spooled segments go with the process. */
    private void assertNothingLeft() throws IOException {
        try (Stream<Path> left = Files.list(directory.resolve("tmp"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** Adds a segment in a partition of its own, and what the validation must say of it. */
    private void binary(String name, byte compression, long count, byte[] payload, String message) throws IOException {
        ByteBuffer segment = ByteBuffer.allocate(payload.length + 40).order(ByteOrder.LITTLE_ENDIAN);
        segment.put(utf8("KBAK")).put((byte) 1).put(compression).putShort((short) 0);
        segment.putLong(count).putLong(0).putLong(0).put(payload);
        CRC32 crc = new CRC32();
        crc.update(segment.array(), 0, segment.position());
        segment.putInt((int) crc.getValue()).put(utf8("BKAE"));
        store(name, segment.array(), message);
    }

    private void json(String name, Content content, String message) throws IOException {
        store(name, zstd(content), message);
    }

    private void store(String name, byte[] content, String message) throws IOException {
        String key = "segments/" + name;
        Files.createDirectories(archives.resolve("segments"));
        Files.write(archives.resolve(key), content);
        segments.add(new Segment(key, 0, 0, 0, 0, 1, 0, content.length));
        messages.add(key + ": " + message);
    }

    private void write(String id, List<Segment> named) throws IOException {
        List<Partition> partitions = new ArrayList<>();
        for (Segment segment : named) {
            partitions.add(new Partition(partitions.size(), List.of(segment), List.of()));
        }
        Manifest manifest = new Manifest(id, 0, null, List.of(), "zstd", List.of(new Topic("t", 1, partitions)));
        Files.write(archives.resolve(Manifest.key(id)), ManifestJson.write(manifest));
    }

    private void manifest(String id, Content content) throws IOException {
        Path file = archives.resolve(Manifest.key(id));
        Files.createDirectories(file.getParent());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), MIB)) {
            content.write(out);
        }
    }

    private static byte[] zstd(Content content) throws IOException {
        ByteBufferOutputStream compressed = new ByteBufferOutputStream(MIB);
        try (OutputStream out = Compression.zstd().build().wrapForOutput(compressed, BATCH_FORMAT)) {
            content.write(out);
        }
        ByteBuffer bytes = compressed.buffer().flip();
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        return array;
    }

    private static byte[] record(int length) {
        return ByteBuffer.allocate(30)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .array();
    }

    private static void longRecord(OutputStream out) throws IOException {
        out.write(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(200 * MIB)
                .array());
        zeros(out, 200 * MIB);
    }

    /** Declares 4 GiB, and holds zeros: every byte of it stands for 255 of them. */
    private static byte[] lz4Bomb() {
        ByteBuffer block = ByteBuffer.allocate(MIB).order(ByteOrder.LITTLE_ENDIAN);
        block.putInt(-1).put((byte) 0x1F).put((byte) 0).putShort((short) 1);
        while (block.remaining() > 1) {
            block.put((byte) 0xFF);
        }
        return block.array();
    }

    private static void zeros(OutputStream out, long bytes) throws IOException {
        byte[] block = new byte[MIB];
        for (long done = 0; done < bytes; done += block.length) {
            out.write(block);
        }
    }

    private static void repeat(OutputStream out, String head, String text, long bytes) throws IOException {
        out.write(utf8(head));
        byte[] block = utf8(text.repeat(MIB / 32));
        for (long done = 0; done < bytes; done += block.length) {
            out.write(block);
        }
    }

    private static void numbered(OutputStream out, String head, String text, long bytes) throws IOException {
        out.write(utf8(head));
        long done = 0;
        for (int i = 0; done < bytes; i++) {
            byte[] block = utf8(text.replace("#", Integer.toString(i)));
            out.write(block);
            done += block.length;
        }
    }

    /** Large, and below the limit: several of them are read at a time. */
    private static void largeValue(OutputStream out) throws IOException {
        repeat(out, "[{\"offset\":1,\"timestamp\":1,\"value\":\"", "AAAA", 20 * MIB);
        out.write('"');
    }

    private static void manyFields(OutputStream out) throws IOException {
        out.write(utf8("["));
        numbered(out, "{\"offset\":0,\"timestamp\":1}", ",{\"offset\":1#,\"timestamp\":1,\"field-#\":0}", BOMB / 8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
