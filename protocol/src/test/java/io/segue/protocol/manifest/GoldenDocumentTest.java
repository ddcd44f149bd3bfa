package io.segue.protocol.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest.Gap;
import io.segue.protocol.manifest.Manifest.Partition;
import io.segue.protocol.manifest.Manifest.Segment;
import io.segue.protocol.manifest.Manifest.Topic;
import io.segue.protocol.manifest.SourceRecord.SourceCommit;
import io.segue.protocol.manifest.SourceRecord.SourceGroup;
import io.segue.protocol.manifest.SourceRecord.SourcePartition;
import io.segue.protocol.manifest.SourceRecord.SourceTopic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoldenDocumentTest {
    private static final String DIRECTORY = "b1/topics/orders/partition=0/segment-000000000000000000";

    private final Manifest manifest = new Manifest(
            "b1",
            1_700_000_000_000L,
            null,
            List.of(),
            "zstd",
            List.of(
                    new Topic(
                            "orders",
                            3,
                            List.of(
                                    new Partition(
                                            0,
                                            List.of(
                                                    new Segment(
                                                            DIRECTORY + "42.bin.zst",
                                                            42,
                                                            43,
                                                            1_700_000_000_000L,
                                                            1_700_000_000_001L,
                                                            2,
                                                            147,
                                                            154),
                                                    new Segment(
                                                            DIRECTORY + "50.bin.zst",
                                                            50,
                                                            90,
                                                            1_700_000_000_002L,
                                                            1_700_000_000_001L,
                                                            9,
                                                            500,
                                                            200)),
                                            List.of(new Gap(0, 42, "offset_out_of_range", 1_755_522_569_000L))),
                                    new Partition(2, List.of(), List.of()))),
                    new Topic("payments", null, List.of())));

    private final SourceRecord source = new SourceRecord(
            "Ks2lnq3bSBy8Vt1Tn0Hd9A",
            1_700_000_000_000L,
            List.of(
                    new SourceTopic(
                            "orders",
                            "4L6g3nShT-eMCtK--X86sw",
                            Map.of("retention.ms", "-1", "cleanup.policy", "compact"),
                            List.of(new SourcePartition(0, 42, 91), new SourcePartition(1, 0, 0))),
                    new SourceTopic("payments", "AAAAAAAAAAAAAAAAAAAAAA", Map.of(), List.of())),
            List.of(
                    new SourceGroup(
                            "billing",
                            "Stable",
                            List.of(
                                    new SourceCommit("orders", 0, 50, "by hand"),
                                    new SourceCommit("orders", 1, 0, null))),
                    new SourceGroup("späher", "Empty", List.of())));

    private final GroupSnapshot snapshot = new GroupSnapshot(
            1_700_000_000_000L,
            List.of(
                    new GroupCommits(
                            "billing",
                            Map.of(
                                    new TopicPartition("orders", 0), new Commit(50, null),
                                    new TopicPartition("orders", 1), new Commit(0, null),
                                    new TopicPartition("payments", 3), new Commit(7, null))),
                    new GroupCommits("idle", Map.of())));

    @Test
    void theManifestIsReadAndWrittenAsThePeerDoes() {
        String golden = golden("manifest.json");
        assertEquals(manifest, ManifestJson.read("manifest.json", bytes(golden)));
        assertEquals(golden, new String(ManifestJson.write(manifest), StandardCharsets.UTF_8));
    }

    @Test
    void theSourceRecordOfVersionOneStaysReadable() {
        String golden = golden("segue-source.json");
        assertEquals(source, SourceRecordJson.read("segue-source.json", bytes(golden)));
        assertEquals(golden, new String(SourceRecordJson.write(source), StandardCharsets.UTF_8));
    }

    @Test
    void theGroupSnapshotIsReadAndWrittenAsThePeerDoes() {
        String golden = golden("consumer-groups-snapshot.json");
        assertEquals(snapshot, GroupSnapshotJson.read("snapshot", bytes(golden)));
        assertEquals(golden, new String(GroupSnapshotJson.write(snapshot), StandardCharsets.UTF_8));
    }

    @Test
    void theReportOfVersionOneStaysReadable() {
        BackupReport report = new BackupReport(
                "b1",
                1_700_000_000_000L,
                11,
                354,
                List.of("orders/0: offsets 0 to 41 were deleted on the source before they were read"),
                List.of(new BackupReport.Failure("orders", 2, "orders/2: nothing came for 120 s at offset 6 of 100")));
        String golden = golden("segue-backup.json");
        assertEquals(report, BackupReportJson.read("segue-backup.json", bytes(golden)));
        assertEquals(golden, new String(BackupReportJson.write(report), StandardCharsets.UTF_8));
    }

    private static String golden(String name) {
        try (InputStream in = GoldenDocumentTest.class.getResourceAsStream("/golden-manifests/" + name)) {
            if (in == null) {
                throw new AssertionError("no golden file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
