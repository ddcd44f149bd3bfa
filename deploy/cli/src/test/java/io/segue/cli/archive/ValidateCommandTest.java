package io.segue.cli.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.segue.cli.TestingShell;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidateCommandTest {
    private final TestingShell shell;

    private final Path directory;
    private final Path temporary;
    private final TestingBackup backup;

    ValidateCommandTest(@TempDir Path directory, @TempDir Path temporary) throws IOException {
        this.shell = new TestingShell(temporary);
        this.temporary = temporary;
        this.directory = directory;
        this.backup = new TestingBackup(directory);
    }

    @Test
    void aGoodBackupIsValidAndItsGapsAreNamed() {
        assertEquals(0, validate());
        assertTrue(
                shell.out().contains("gap      orders/0  b1/manifest.json: offsets 0 to 99 could not be read"),
                shell.out());
        assertTrue(
                shell.out().endsWith("Result: VALID (with 1 recorded data gap); --deep reads every record\n"),
                shell.out());
    }

    @Test
    void deepReadsEveryRecordAndLeavesNothingBehind() throws IOException {
        assertEquals(0, validate("--deep"));
        assertTrue(shell.out().contains("Read 20 records in 2 segments\n"), shell.out());
        assertTrue(shell.err().contains("validating  100%  20 records"), shell.err());
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aMissingSegmentIsDamage() throws IOException {
        Files.delete(backup.file(1));
        assertInvalid("DAMAGED  orders/0  " + backup.key(1) + ": is missing");
    }

    @Test
    void aTruncatedSegmentIsDamageAlsoWithoutReadingIt() throws IOException {
        byte[] content = Files.readAllBytes(backup.file(0));
        Files.write(backup.file(0), Arrays.copyOf(content, content.length - 1));
        assertInvalid(backup.key(0) + ": has " + (content.length - 1) + " bytes, the manifest says " + content.length);
    }

    @Test
    void aFlippedBitIsFoundByReadingWithItsPlaceAndTheOthersAreStillRead() throws IOException {
        byte[] content = Files.readAllBytes(backup.file(0));
        content[40] ^= 4;
        Files.write(backup.file(0), content);
        assertEquals(0, validate());
        assertInvalid(backup.key(0) + ": has CRC ", "--deep");
        assertTrue(shell.out().contains("(byte " + (content.length - 8) + ")"), shell.out());
        assertTrue(shell.out().contains("Read 10 records in 2 segments"), shell.out());
    }

    @Test
    void anotherSegmentUnderTheKeyIsFoundByReading() throws IOException {
        Files.copy(backup.file(1), backup.file(0), StandardCopyOption.REPLACE_EXISTING);
        assertInvalid("the manifest begins at 100, the header at 110", "--deep");
        assertTrue(shell.out().contains("the manifest ends at 109, the last record has 119 as offset"), shell.out());
    }

    @Test
    void segmentsThatOverlapAreDamage() throws IOException {
        Segment first = backup.entry(0);
        Segment longer = new Segment(
                first.key(), 100, 112, first.startTimestamp(), first.endTimestamp(), 14, 0, first.compressedSize());
        backup.save(List.of(longer, backup.entry(1)));
        assertInvalid("begins at offset 110, but the segment before it ends at 112");
        assertTrue(
                shell.out().contains("cannot hold 14 records at offsets 100 to 112, as the manifest says"),
                shell.out());
    }

    @Test
    void withoutAReadableManifestNothingIsValid() throws IOException {
        Files.writeString(directory.resolve(Manifest.key(TestingBackup.ID)), "{");
        assertInvalid("b1/manifest.json");
        Files.delete(directory.resolve(Manifest.key(TestingBackup.ID)));
        assertInvalid("b1/manifest.json");
    }

    @Test
    void aHostileKeyIsAFindingAndTheRestIsStillRead() throws IOException {
        Segment hostile = new Segment("b1/../\u001b[2Jx", 120, 129, 0, 0, 10, 0, 5);
        backup.save(List.of(backup.entry(0), backup.entry(1), hostile));
        assertInvalid("DAMAGED  orders/0  b1/../?[2Jx: cannot be the key of a segment: ", "--deep");
        assertTrue(shell.out().contains("Read 20 records in 2 segments"), shell.out());
        assertEquals(1, validate());
    }

    @Test
    void whatStandsBesideTheManifestIsCheckedToo() throws IOException {
        Files.writeString(directory.resolve("b1/segue-source.json"), "{");
        assertInvalid("DAMAGED  b1/segue-source.json: ends in the middle of its JSON (", "--deep");
        assertTrue(shell.out().contains("DAMAGED  b1/segue-backup.json: is missing"), shell.out());
    }

    @Test
    void aSegmentThatTheManifestLostIsFoundInTheStore() throws IOException {
        backup.save(List.of(backup.entry(0)));
        Files.copy(
                backup.file(0),
                directory.resolve("b1/topics/orders/partition=0/segment-00000000000000000110.bin.zst"),
                StandardCopyOption.REPLACE_EXISTING);
        assertEquals(
                0, validate("--deep"), "the peer leaves such segments behind, and nothing tells that this one counts");
        assertTrue(
                shell.out()
                        .contains(
                                "remark   orders/0  b1/topics/orders/partition=0/segment-00000000000000000110.bin.zst: is named by no entry of the manifest\n"),
                shell.out());
    }

    @Test
    void jsonIsOneDocumentAndProgressIsSilent() throws IOException {
        Files.delete(backup.file(1));
        assertEquals(1, validate("--deep", "--output", "json"));
        JsonNode report = new JsonMapper().readTree(shell.out());
        assertEquals(false, report.get("valid").asBoolean());
        assertEquals(10, report.get("records_read").asLong());
        assertEquals("gap", report.get("findings").get(0).get("kind").asText());
        assertEquals("damage", report.get("findings").get(1).get("kind").asText());
        assertEquals(backup.key(1), report.get("findings").get(1).get("key").asText());
        assertEquals("", shell.err());
    }

    private void assertInvalid(String finding, String... options) {
        assertEquals(1, validate(options));
        assertTrue(shell.out().contains(finding), shell.out());
        assertTrue(shell.out().contains("\nResult: INVALID"), shell.out());
    }

    private int validate(String... options) {
        Stream<String> command = Stream.of("validate", "-p", directory.toString(), "-b", TestingBackup.ID);
        return shell.run(Stream.concat(command, Stream.of(options)).toArray(String[]::new));
    }
}
