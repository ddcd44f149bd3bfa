package io.segue.coordinator.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.check.ValidationReport.Finding;
import io.segue.coordinator.check.ValidationReport.Kind;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.BackupReport;
import io.segue.protocol.manifest.BackupReport.Failure;
import io.segue.protocol.manifest.BackupReportJson;
import io.segue.protocol.manifest.GroupSnapshot;
import io.segue.protocol.manifest.GroupSnapshotJson;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Gap;
import io.segue.protocol.manifest.Manifest.Partition;
import io.segue.protocol.manifest.Manifest.Segment;
import io.segue.protocol.manifest.Manifest.Topic;
import io.segue.protocol.manifest.SourceRecord;
import io.segue.protocol.manifest.SourceRecord.SourceGroup;
import io.segue.protocol.manifest.SourceRecord.SourceTopic;
import io.segue.protocol.manifest.SourceRecordJson;
import io.segue.protocol.store.InMemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestCheckTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final String HOLE =
            " are in no segment and no recorded gap: compacted, aborted, transaction markers, or lost";

    private final InMemoryObjectStore store = new InMemoryObjectStore();

    @Test
    void aBackupOfOursWithAllItsFilesIsGoodWhateverHolesTheSourceHad() {
        assertEquals(List.of(), check(ours(segments(0, 10, 30), List.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"segue-source.json", "segue-backup.json", "consumer-groups-snapshot.json"})
    void everyFileBesideTheManifestIsNamedWhereItIsGarbage(String name) {
        Manifest manifest = ours(segments(0, 10), List.of());
        store.put("b1/" + name, "garbage".getBytes(StandardCharsets.UTF_8));
        Finding finding = only(check(manifest));
        assertEquals(Kind.DAMAGE, finding.kind());
        assertEquals("b1/" + name, finding.key());
        assertTrue(finding.message().startsWith("is no valid JSON: Unrecognized token 'garbage'"), finding.message());
        assertTrue(finding.message().endsWith("(top level, line 1, column 1)"), finding.message());
    }

    @Test
    void everyFileBesideTheManifestIsNamedWhereItIsMissing() {
        Manifest manifest = ours(segments(0, 10), List.of());
        store.delete("b1/consumer-groups-snapshot.json");
        assertEquals(
                Finding.ofBackup(
                        Kind.DAMAGE,
                        "b1/consumer-groups-snapshot.json",
                        "is missing, though b1/segue-source.json has the offsets of 1 groups"),
                only(check(manifest)));
        store.delete("b1/segue-source.json");
        store.delete("b1/segue-backup.json");
        store.put("b1/segue-job.json", new byte[0]);
        assertEquals(
                List.of(
                        Finding.ofBackup(
                                Kind.DAMAGE,
                                "b1/segue-source.json",
                                "is missing: configs of topics and metadata of commits are lost"),
                        Finding.ofBackup(
                                Kind.DAMAGE,
                                "b1/segue-backup.json",
                                "is missing: nothing tells whether the manifest lists all that was stored")),
                check(manifest));
    }

    @Test
    void aBackupOfThePeerNeedsNoneOfThem() {
        assertEquals(List.of(), check(manifest(segments(0, 10), List.of())));
    }

    @Test
    void aSegmentThatWasDroppedFromTheManifestIsNamedWithItsOffsets() {
        List<Segment> all = segments(0, 10, 20);
        ours(all, List.of());
        List<Finding> findings = check(manifest(List.of(all.get(0), all.get(2)), List.of()));
        assertEquals(
                List.of(
                        Finding.ofBackup(
                                Kind.DAMAGE,
                                "b1/manifest.json",
                                "lists 20 records in 100 bytes, but 30 in 150 bytes were stored, as"
                                        + " b1/segue-backup.json says"),
                        new Finding(Kind.HOLE, ORDERS, "b1/manifest.json", "offsets 10 to 19" + HOLE),
                        new Finding(
                                Kind.DAMAGE,
                                ORDERS,
                                key(10),
                                "begins at offset 10, and no entry of the manifest names it: a restore would leave out"
                                        + " its records")),
                findings);

        store.delete(key(10));
        assertEquals(findings.subList(0, 2), check(manifest(List.of(all.get(0), all.get(2)), List.of())));
    }

    @Test
    void atThePeersABetrayingSegmentInTheHoleIsDamageAndAHoleAloneIsNot() {
        List<Segment> all = segments(0, 10, 20);
        Manifest dropped = manifest(List.of(all.get(0), all.get(2)), List.of());
        assertEquals(List.of(Kind.HOLE, Kind.DAMAGE), kinds(check(dropped)));
        store.delete(key(10));
        assertEquals(List.of(Kind.HOLE), kinds(check(dropped)));
        assertEquals(
                List.of(Kind.GAP),
                kinds(check(manifest(
                        List.of(all.get(0), all.get(2)), List.of(new Gap(10, 20, "offset_out_of_range", 1))))));
    }

    @Test
    void aSegmentBehindTheEndOrWithinAnotherIsLeftOver() {
        Manifest manifest = ours(segments(0, 10), List.of());
        store.put(key(20), new byte[50]);
        store.put(key(15), new byte[50]);
        store.put("b1/topics/orders/partition=0/notes.txt", new byte[50]);
        List<Finding> findings = check(manifest);
        assertEquals(List.of(Kind.REMARK, Kind.REMARK, Kind.REMARK), kinds(findings));
        assertTrue(findings.get(2).message().contains("an interrupted attempt left it over"), findings.toString());
    }

    @Test
    void strayObjectsAndHolesAreListedUpToALimitAndCounted() {
        long[] starts = LongStream.range(0, 60).map(i -> i * 20).toArray();
        Manifest manifest = manifest(segments(starts), List.of());
        for (int i = 0; i < 50; i++) {
            store.put("b1/topics/orders/partition=0/stray-" + i, new byte[1]);
        }
        List<Finding> findings = check(manifest);
        assertEquals(2 * Strays.MOST_LISTED + 2, findings.size());
        assertTrue(messages(findings).contains("has 59 holes; the first 20 are listed"));
        assertTrue(messages(findings).contains("does not name 50 objects like these; 20 of them are listed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secrets", "/etc/passwd", "b1/../../x", "", "b1/a\0b"})
    void aHostileKeyIsOneFindingAmongOthersAndIsNeverLookedFor(String key) {
        List<Segment> segments = new ArrayList<>(segments(0, 10));
        store.delete(key(10));
        segments.add(new Segment(key, 20, 29, 0, 0, 10, 0, 50));
        Manifest manifest = manifest(segments, List.of());
        ManifestCheck.Result result = ManifestCheck.check(store, "b1", manifest);
        assertEquals(2, result.findings().size(), result.findings().toString());
        assertEquals("is missing", result.findings().get(0).message());
        assertTrue(
                result.findings().get(1).message().startsWith("cannot be the key of a segment: the key \""),
                result.findings().toString());
        assertEquals(
                1, CheckPlan.tasks(manifest, result.missing()).get(0).segments().size());
    }

    @Test
    void aKeyThatIsNamedTwiceIsDamage() {
        List<Segment> segments = segments(0);
        Segment again = new Segment(key(0), 10, 19, 0, 0, 10, 0, 50);
        assertEquals(
                List.of("is named twice by the manifest"),
                messages(check(manifest(List.of(segments.get(0), again), List.of()))));
    }

    @Test
    void aPartitionThatFailedAndATopicThatWentAreNamed() {
        ours(segments(0), List.of(new Failure("orders", 3, "nothing came for 120 s")));
        List<Finding> findings = check(new Manifest("other", 0, null, List.of(), "", List.of()));
        assertEquals(
                List.of(
                        "says that it is the backup other",
                        "does not list the topic orders, which b1/segue-source.json does",
                        "lists 0 records in 0 bytes, but 10 in 50 bytes were stored, as b1/segue-backup.json says",
                        "begins at offset 0, and no entry of the manifest names it: a restore would leave out its records",
                        "was not stored: nothing came for 120 s"),
                messages(findings));
        assertFalse(ManifestCheck.run(store, "b1", manifest(segments(0, 10), List.of()))
                .valid());
    }

    private List<Finding> check(Manifest manifest) {
        return ManifestCheck.check(store, "b1", manifest).findings();
    }

    private static Finding only(List<Finding> findings) {
        assertEquals(1, findings.size(), findings.toString());
        return findings.get(0);
    }

    private static List<Kind> kinds(List<Finding> findings) {
        return findings.stream().map(Finding::kind).toList();
    }

    private static List<String> messages(List<Finding> findings) {
        return findings.stream().map(Finding::message).toList();
    }

    private static String key(long start) {
        return String.format("b1/topics/orders/partition=0/segment-%020d.bin.zst", start);
    }

    /** Stored segments of ten records each. */
    private List<Segment> segments(long... starts) {
        return LongStream.of(starts)
                .mapToObj(start -> {
                    store.put(key(start), new byte[50]);
                    return new Segment(key(start), start, start + 9, 0, 0, 10, 100, 50);
                })
                .toList();
    }

    private static Manifest manifest(List<Segment> segments, List<Gap> gaps) {
        return new Manifest(
                "b1",
                0,
                null,
                List.of(),
                "zstd",
                List.of(new Topic("orders", 1, List.of(new Partition(0, segments, gaps)))));
    }

    /** With the account that Segue keeps of a backup with these segments. */
    private Manifest ours(List<Segment> segments, List<Failure> failures) {
        store.put(
                "b1/segue-source.json",
                SourceRecordJson.write(new SourceRecord(
                        "c",
                        1,
                        List.of(new SourceTopic("orders", "id", Map.of(), List.of())),
                        List.of(new SourceGroup("g", "Empty", List.of())))));
        store.put(
                "b1/consumer-groups-snapshot.json",
                GroupSnapshotJson.write(new GroupSnapshot(1, List.of(new GroupCommits("g", Map.of())))));
        store.put(
                "b1/segue-backup.json",
                BackupReportJson.write(
                        new BackupReport("b1", 1, 10L * segments.size(), 50L * segments.size(), List.of(), failures)));
        return manifest(segments, List.of());
    }
}
