package io.segue.coordinator.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.backup.PartitionRange;
import io.segue.protocol.job.BackupTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Done;
import io.segue.protocol.job.TaskResult.BackedUp;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.BackupReport.Failure;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Gap;
import io.segue.protocol.manifest.Manifest.Segment;
import io.segue.protocol.manifest.SourceRecord.SourcePartition;
import io.segue.protocol.manifest.SourceRecord.SourceTopic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestAssemblyTest {
    private static final SourceTopic ORDERS =
            new SourceTopic("orders", "id", Map.of(), List.of(new SourcePartition(0, 0, 30)));
    private static final List<BackupTask> STRETCHES = List.of(task("orders-0@20", 20, 30), task("orders-0", 0, 20));

    @Test
    void stretchesAreJoinedInTheirOrder() {
        ManifestAssembly parts = assembly(Map.of(
                "orders-0", List.of(done(List.of(segment(0), segment(10)), List.of())),
                "orders-0@20", List.of(done(List.of(segment(20)), List.of()))));
        assertEquals(
                List.of(new Manifest.Partition(0, List.of(segment(0), segment(10), segment(20)), List.of())),
                parts.manifestTopics().get(0).partitions());
        assertEquals(30, parts.records());
        assertEquals(15, parts.bytes());
    }

    @Test
    void aGapAcrossTheBorderIsOne() {
        ManifestAssembly parts = assembly(Map.of(
                "orders-0", List.of(done(List.of(segment(0)), List.of(gap(15, 20)))),
                "orders-0@20", List.of(done(List.of(), List.of(gap(20, 24), gap(26, 27))))));
        assertEquals(
                List.of(gap(15, 24), gap(26, 27)),
                parts.manifestTopics().get(0).partitions().get(0).gaps());
        assertEquals(
                List.of(
                        "orders/0: offsets 15 to 23 were deleted on the source before they were read",
                        "orders/0: offsets 26 to 26 were deleted on the source before they were read"),
                parts.gapWarnings());
    }

    @Test
    void halfAPartitionIsNone() {
        ManifestAssembly parts = assembly(Map.of(
                "orders-0",
                List.of(done(List.of(segment(0)), List.of())),
                "orders-0@20",
                List.of(
                        new TaskEvent.Failed(1, "storage", "first", true),
                        new TaskEvent.Failed(2, "storage", "disk full", false))));
        assertEquals(List.of(), parts.manifestTopics().get(0).partitions());
        assertEquals(List.of(new Failure("orders", 0, "orders/0: disk full")), parts.failures());
        assertTrue(parts.nothing());
    }

    @Test
    void aSourceWithoutRecordsIsABackup() {
        ManifestAssembly parts = new ManifestAssembly(List.of(ORDERS), List.of(), Map.of());
        assertFalse(parts.nothing());
        assertEquals(1, parts.manifestTopics().get(0).originalPartitionCount());
    }

    private static ManifestAssembly assembly(Map<String, List<TaskEvent>> logs) {
        return new ManifestAssembly(List.of(ORDERS), STRETCHES, logs);
    }

    private static BackupTask task(String id, long from, long end) {
        return new BackupTask(id, new PartitionRange(new TopicPartition("orders", 0), from, end));
    }

    private static Done done(List<Segment> segments, List<Gap> gaps) {
        return new Done(1, new BackedUp(new Manifest.Partition(0, segments, gaps)));
    }

    private static Segment segment(long first) {
        return new Segment("s-" + first, first, first + 9, 0, 0, 10, 9, 5);
    }

    private static Gap gap(long from, long end) {
        return new Gap(from, end, "offset_out_of_range", 1);
    }
}
