package io.segue.coordinator.backup;

import static io.segue.coordinator.dispatch.ScriptedWorkers.failing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.protocol.config.TopicFilter;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.BackupReport;
import io.segue.protocol.manifest.BackupReportJson;
import io.segue.protocol.manifest.GroupSnapshotJson;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.manifest.SourceRecordJson;
import io.segue.protocol.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackupJobTest {
    private final BackupWorld world = new BackupWorld();

    @Test
    void everyDocumentIsWritten() throws InterruptedException {
        BackupJobReport report = world.start("backup-1");

        assertEquals(JobState.COMPLETED, report.state());
        assertEquals(580, report.records());
        assertTrue(BackupReportJson.load(world.storage, "b1").orElseThrow().complete());
        Manifest manifest = manifest();
        assertEquals("source-cluster", manifest.sourceClusterId());
        assertEquals("zstd", manifest.compression());
        Manifest.Topic orders = manifest.topic("orders").orElseThrow();
        assertEquals(3, orders.originalPartitionCount());
        assertEquals(List.of(0, 1), numbers(orders), "the empty partition is absent, as the peer writes it");
        assertEquals(
                2,
                SourceRecordJson.load(world.storage, "b1")
                        .orElseThrow()
                        .topics()
                        .size());
        assertEquals(
                17,
                Objects.requireNonNull(GroupSnapshotJson.load(world.storage, "b1")
                                .orElseThrow()
                                .groups()
                                .get(0)
                                .commits()
                                .get(new TopicPartition("orders", 1)))
                        .offset());
        assertEquals(580, world.records);
        assertTrue(world.said.contains("Backing up 4 partitions, at most 580 records"), world.said.toString());
    }

    @Test
    void withoutGroupSnapshotThereIsNoSuchDocument() throws InterruptedException {
        world.groups = false;
        world.start("backup-1");
        assertTrue(GroupSnapshotJson.load(world.storage, "b1").isEmpty());
        assertTrue(world.storage.size("b1/manifest.json").isPresent());
    }

    @Test
    void aTopicThatMayNotBeReadIsRefusedBeforeAnythingIsWritten() {
        world.source.mayOnly("orders", Set.of("DESCRIBE"));
        String refusal = refusal(BackupWorld.ALL);
        assertTrue(refusal.contains("orders lacks [READ]; kafka-acls"), refusal);
        assertTrue(refusal.endsWith("--operation Read --topic orders"), refusal);
    }

    @Test
    void aBackupThatExistsIsNotTouched() {
        put("b1/manifest.json", "theirs");
        assertTrue(refusal(BackupWorld.ALL).contains("choose another backup_id"));
        assertEquals("theirs", text("b1/manifest.json"));
    }

    @Test
    void oneThatAppearsMeanwhileIsNotOverwritten() throws InterruptedException {
        String theirs = "{\"backup_id\": \"b1\", \"created_at\": 1, \"topics\": []}";
        world.workers.inBeats(1, () -> put("b1/manifest.json", theirs));
        BackupJobReport report = world.start("backup-1");
        assertEquals(JobState.FAILED, report.state());
        assertEquals(theirs, text("b1/manifest.json"));
        assertTrue(world.storage.size("b1/segue-backup.json").isEmpty());
    }

    @Test
    void topicsThatDoNotExistOrMatchAreRefusedBeforeAnything() {
        assertTrue(refusal(new TopicFilter(List.of("orders", "refunds"), List.of()))
                .contains("refunds"));
        assertTrue(refusal(new TopicFilter(List.of("x*"), List.of())).startsWith("no topic of the source matches"));
        assertEquals(List.of(), world.storage.list("", 10));
    }

    @Test
    void aPartitionThatFailsIsReportedAndTheOthersAreStored() throws InterruptedException {
        world.workers.next("orders-1", failing(false));
        BackupJobReport report = world.start("backup-1");

        assertEquals(JobState.COMPLETED_PARTLY, report.state());
        BackupReport.Failure failure = new BackupReport.Failure("orders", 1, "orders/1: broken");
        assertEquals(List.of(failure), report.failures());
        assertEquals(
                List.of(failure),
                BackupReportJson.load(world.storage, "b1").orElseThrow().failures(),
                "the hole is on record");
        assertEquals(List.of(0), numbers(manifest().topic("orders").orElseThrow()));
    }

    @Test
    void whatFailedIsTriedAgainByAResumeAndCompletesTheBackup() throws InterruptedException {
        world.workers.next("orders-1", failing(false));
        world.start("backup-1");
        int orders = world.workers.orders().size();

        BackupJobReport report = world.resume("backup-1");

        assertEquals(JobState.COMPLETED, report.state());
        assertEquals(1, world.workers.orders().size() - orders, "what is done is not read again");
        Manifest.Topic topic = manifest().topic("orders").orElseThrow();
        assertEquals(List.of(0, 1), numbers(topic));
        assertEquals(
                "b1/orders-1-2",
                topic.partitions().get(1).segments().get(0).key(),
                "the manifest lists what the finishing attempt wrote");
        assertTrue(BackupReportJson.load(world.storage, "b1").orElseThrow().complete());
    }

    @Test
    void whereEverythingFailedThereIsNoBackup() throws InterruptedException {
        for (String task : List.of("orders-0", "orders-1", "payments-0")) {
            world.workers.next(task, failing(false));
        }
        BackupJobReport report = world.start("backup-1");
        assertEquals(JobState.FAILED, report.state());
        assertEquals(3, report.failures().size());
        assertEquals(List.of("b1/segue-job.json"), keys(), "nothing but the claim");
    }

    @Test
    void aStopLeavesNoManifestAndAResumeEndsIt() throws InterruptedException {
        world.workers.next("orders-1", this::stopping);
        assertEquals(JobState.INTERRUPTED, world.start("backup-1").state());
        assertEquals(List.of("b1/segue-job.json"), keys());
        assertFalse(world.workers.orders().isEmpty());

        world.stopped = false;
        world.source.range("payments", 0, new LogRange(0, 9_000, 9_000));
        assertEquals(580, world.resume("backup-1").records(), "it takes what was there when it was planned");
    }

    @Test
    void aResumeAfterTheEndChangesNothing() throws InterruptedException {
        world.start("backup-1");
        String manifest = text("b1/manifest.json");
        int orders = world.workers.orders().size();
        assertEquals(JobState.COMPLETED, world.resume("backup-1").state());
        assertEquals(manifest, text("b1/manifest.json"));
        assertEquals(orders, world.workers.orders().size());
    }

    @Test
    void oneBackupHasOneJob() throws InterruptedException {
        BackupPlan second = assertInstanceOf(BackupPlan.Outcome.Planned.class, world.plan(BackupWorld.ALL))
                .plan();
        world.workers.next("orders-1", this::stopping);
        world.start("backup-1");
        world.stopped = false;

        assertTrue(refusal(BackupWorld.ALL).contains("go on with it by 'resume backup-1'"));
        world.backups().create("backup-2", second);
        BackupJobReport report = world.resume("backup-2");
        assertEquals(JobState.FAILED, report.state());
        assertTrue(report.summary().contains("another job writes the backup b1"), report.summary());
        assertTrue(world.storage.size("b1/manifest.json").isEmpty());
    }

    @Test
    void whatADeadPlanCapturedStands() throws InterruptedException {
        BackupPlan first = assertInstanceOf(BackupPlan.Outcome.Planned.class, world.plan(BackupWorld.ALL))
                .plan();
        world.jobs.writeDocument("backup-1", Capture.NAME, first.capture());
        world.source.range("payments", 0, new LogRange(0, 9_000, 9_000));
        assertEquals(580, world.start("backup-1").records());
    }

    @Test
    void anotherSourceIsRefused() throws InterruptedException {
        world.start("backup-1");
        world.source.called("another-cluster");
        JobRefusedException refused = assertThrows(JobRefusedException.class, () -> world.resume("backup-1"));
        assertTrue(String.valueOf(refused.getMessage()).contains("another-cluster"), refused.getMessage());
    }

    private List<TaskEvent> stopping(JobTask task, Granted grant) {
        world.stopped = true;
        return List.of(new TaskEvent.Released(grant.attempt(), "stopped on request"));
    }

    private String refusal(TopicFilter filter) {
        return assertInstanceOf(BackupPlan.Outcome.Refused.class, world.plan(filter))
                .reason();
    }

    private Manifest manifest() {
        return ManifestJson.load(world.storage, "b1");
    }

    private static List<Integer> numbers(Manifest.Topic topic) {
        return topic.partitions().stream().map(Manifest.Partition::partitionId).toList();
    }

    private List<String> keys() {
        return world.storage.list("", 100).stream().map(ObjectStore.Listed::key).toList();
    }

    private void put(String key, String content) {
        world.storage.put(key, content.getBytes(StandardCharsets.UTF_8));
    }

    private String text(String key) {
        return new String(world.storage.read(key, 1 << 20), StandardCharsets.UTF_8);
    }
}
