package io.segue.protocol.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.protocol.backup.PartitionRange;
import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.config.RestoreConfig.MergeOrder;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.config.RestoreConfig.OffsetMode;
import io.segue.protocol.config.RestoreConfig.Repartitioning;
import io.segue.protocol.job.Defect.Kind;
import io.segue.protocol.job.JobStore.PlanPage;
import io.segue.protocol.job.RestoreTask.Input;
import io.segue.protocol.job.RestoreTask.Preserve;
import io.segue.protocol.job.RestoreTask.Routing;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.TaskResult.BackedUp;
import io.segue.protocol.job.TaskResult.Checked;
import io.segue.protocol.job.TaskResult.Compared;
import io.segue.protocol.job.TaskResult.Difference;
import io.segue.protocol.job.TaskResult.Finding;
import io.segue.protocol.job.TaskResult.Scanned;
import io.segue.protocol.job.message.Messages;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Fragment.InputPosition;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.segment.SegmentCompression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pins the formats of everything that jobs store and say: each golden file is what this program writes, byte for byte, and
 * reads. A file that has to change is a new version of the format.
 */
class GoldenJobTest {
    private static final ObjectMapper JSON = JobJson.mapper();
    private static final TopicPartition ORDERS = new TopicPartition("orders", 2);
    private static final Messages.TaskRef RUNNING = new Messages.TaskRef("restore-1", "orders-2", 2);
    private static final Messages.Health HEALTH =
            new Messages.Health(90_000_000, 512_000_000, 12_000_000, 1_700_000_000_000L);

    /** A golden file, the value it holds, and the type it is read as. */
    record Golden(String file, Object value, Class<?> type) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Golden> goldens() {
        return Stream.of(taskEvents(), taskResults(), jobEvents(), commands(), messages(), documents(), tasks())
                .flatMap(List::stream);
    }

    private static List<Golden> taskEvents() {
        Fragment fragment = Fragment.of(
                ORDERS,
                7,
                List.of(new Run(100, 40, 50), new Run(155, 91, 9), new Run(164, 200, 1)),
                new ReadPosition(5, List.of(new InputPosition(3, 97))));
        return List.of(
                task("granted", new TaskEvent.Granted(2, "worker-1", "4L6g3nShT-eMCtK--X86sw", 40, 1_700_000_000_000L)),
                task("attached", new TaskEvent.Attached(2, 4_001, (short) 3, 90, 50)),
                task("mapped", new TaskEvent.Mapped(2, fragment)),
                task("sealed", new TaskEvent.Sealed(2, 67, 201, 4)),
                task("declined", new TaskEvent.Declined(2, "worker-1", "no value for ${SECRET}")),
                task("rebuild", new TaskEvent.Rebuild(2, 1)),
                task("rebased", new TaskEvent.Rebased(3, 204)),
                task("released", new TaskEvent.Released(2, "stopped on request")),
                task("failed", new TaskEvent.Failed(2, "orders/2 source offsets 5 to 9", "no answer", true)),
                task(
                        "failed-defect",
                        new TaskEvent.Failed(
                                2, "restored/0", "foreign", false, new Defect(Defect.Kind.FOREIGN, 50, 53))));
    }

    private static List<Golden> taskResults() {
        Manifest.Segment segment =
                new Manifest.Segment("b/topics/orders/partition=2/segment-0.bin.zst", 0, 9, 1, 2, 10, 900, 300);
        Manifest.Gap gap = new Manifest.Gap(10, 12, "retention", 1_700_000_000_000L);
        return List.of(
                task(
                        "done-backup",
                        new TaskEvent.Done(1, new BackedUp(new Manifest.Partition(2, List.of(segment), List.of(gap))))),
                task(
                        "done-check",
                        new TaskEvent.Done(
                                1, new Checked(4, 40, 4_000, List.of(new Finding(true, "b/s-3.bin", "is cut")), 1, 0))),
                task("done-scan", new TaskEvent.Done(1, new Scanned(3, 1, 0, List.of("source-cluster"), null, 4))),
                task(
                        "done-compare",
                        new TaskEvent.Done(
                                1,
                                new Compared(
                                        7,
                                        640,
                                        1,
                                        0,
                                        1,
                                        List.of(
                                                new Difference(Kind.ALTERED, ORDERS, 155, 91, 1, "value differs"),
                                                new Difference(Kind.FOREIGN, null, -1, 97, 1, "not ours"))))));
    }

    private static List<Golden> commands() {
        return List.of(
                command("pause", new JobCommand.Pause("ada", 1_700_000_000_000L)),
                command("resume", new JobCommand.Resume("ada", 1_700_000_000_000L)),
                command("cancel", new JobCommand.Cancel("ada", 1_700_000_000_000L)),
                command("retry-failed", new JobCommand.RetryFailed("ada", 1_700_000_000_000L, List.of("orders-2"))),
                command("rebuild", new JobCommand.Rebuild("ada", 1_700_000_000_000L, List.of("orders", "returns:2"))),
                command("thaw", new JobCommand.Thaw("ada", 1_700_000_000_000L, true)));
    }

    private static Golden command(String name, JobCommand command) {
        return new Golden("job-command-" + name, command, JobCommand.class);
    }

    private static List<Golden> tasks() {
        return List.of(
                new Golden("task-backup", new BackupTask("orders-2", new PartitionRange(ORDERS, 3, 90)), JobTask.class),
                new Golden(
                        "task-check",
                        new CheckTask("orders-2", ORDERS, List.of(new SegmentRef("b/s-0.bin", 0, 9, 10, 300))),
                        JobTask.class),
                new Golden(
                        "task-compare",
                        new CompareTask(
                                "restored-0",
                                RestoreTask.of(
                                        "restored-0",
                                        ORDERS,
                                        new TopicPartition("restored", 0),
                                        List.of(new SegmentRef("b1/s1", 100, 149, 50, 4_096)),
                                        50,
                                        4_096),
                                40,
                                50,
                                91,
                                91),
                        JobTask.class),
                new Golden("task-scan", new ScanTask("orders-2", ORDERS, 0, 1_000), JobTask.class),
                new Golden(
                        "request",
                        new JobRequest(
                                1,
                                "restore-1",
                                JobKind.RESTORE,
                                1_700_000_000_000L,
                                "ada",
                                "mode: restore\n",
                                Map.of("generate-offset-mapping", "true")),
                        JobRequest.class),
                new Golden(
                        "leader-claim",
                        new LeaderClaim(1, 7, "coordinator-1", "http://10.0.0.1:8700", 1_700_000_000_000L),
                        LeaderClaim.class));
    }

    private static Golden task(String name, TaskEvent event) {
        return new Golden("task-event-" + name, event, TaskEvent.class);
    }

    private static List<Golden> jobEvents() {
        Map<String, @Nullable String> intended = new TreeMap<>();
        intended.put("retention.ms", "604800000");
        intended.put("cleanup.policy", null);
        return List.of(
                job("opened", new JobEvent.Opened(2, "host-1 pid 4711", 1_700_000_000_000L)),
                job("topic-planned", new JobEvent.TopicPlanned("orders", true, intended)),
                job("topic-ready", new JobEvent.TopicReady("orders", "4L6g3nShT-eMCtK--X86sw", List.of(0L, 40L))),
                job(
                        "topics-planned",
                        new JobEvent.TopicsPlanned(List.of(new JobEvent.TopicPlanned("orders", true, intended)))),
                job(
                        "topics-ready",
                        new JobEvent.TopicsReady(
                                List.of(new JobEvent.TopicReady("orders", "4L6g3n", List.of(0L, 40L))))),
                job(
                        "topics-thawed",
                        new JobEvent.TopicsThawed(List.of(new JobEvent.Thawed("orders", "its data is not complete")))),
                job("rebuild-begun", new JobEvent.RebuildBegun(1, List.of(ORDERS))),
                job("data-done", new JobEvent.DataDone(11, 1)),
                job("snapshot-taken", new JobEvent.SnapshotTaken("jobs/restore-1/reset/00002/snapshot.json")),
                job("shard-reset", new JobEvent.ShardReset(2, 250, 249)),
                job("thawed", new JobEvent.Thawed("orders", "its data is not complete")),
                job("interrupted", new JobEvent.Interrupted(2, "stopped on request")),
                job("suspended", new JobEvent.Suspended("the target does not answer", 1_700_000_000_000L)),
                job("obeyed", new JobEvent.Obeyed(3, new JobCommand.Pause("ada", 1_700_000_000_000L))),
                job("refused", new JobEvent.Refused(List.of("topic orders is not empty"), 1_700_000_000_000L)),
                job("finished", new JobEvent.Finished(JobState.COMPLETED_PARTLY, "11 of 12", 1_700_000_000_001L)));
    }

    private static Golden job(String name, JobEvent event) {
        return new Golden("job-event-" + name, event, JobEvent.class);
    }

    private static List<Golden> messages() {
        return List.of(
                message("run-task", new Messages.RunTask(7, "restore-1", "orders-2", 4, 2)),
                message("accepted", new Messages.Accepted(true)),
                message("task-over", new Messages.TaskOver("restore-1", "orders-2", 2)),
                message("task-progress", new Messages.TaskProgress("restore-1", "orders-2", 1_000, 524_288)),
                message("stop-job", new Messages.StopJob(7, "restore-1")),
                message(
                        "leader-beat",
                        new Messages.LeaderBeat(
                                7, "coordinator-1", "http://10.0.0.1:8700", Map.of("worker-2", "does not see it"))),
                message("heartbeat", new Messages.Heartbeat("worker-1", 8, false, List.of(RUNNING), HEALTH)),
                message("renewed", new Messages.Renewed(7, List.of(RUNNING))),
                message("leader-left", new Messages.LeaderLeft(7)),
                message("see-store", new Messages.SeeStore("probe/7")),
                message("seen-store", new Messages.SeenStore("0f".repeat(32))),
                message("wake", new Messages.Wake("restore-1")));
    }

    private static Golden message(String name, Object message) {
        return new Golden("message-" + name, message, message.getClass());
    }

    private static List<Golden> documents() {
        RestoreSpec spec = new RestoreSpec(
                "backup-1",
                "0f".repeat(32),
                "source-cluster",
                "target-cluster",
                new RestoreSpec.Selected(
                        List.of("orders"),
                        List.of("~^_"),
                        Set.of(2),
                        Map.of("orders", "restored"),
                        Map.of(2, 0),
                        1_600_000_000_000L,
                        null),
                new RestoreSpec.Placement(
                        Map.of("restored", new Repartitioning(12, false)), MergeOrder.CUTS, OffsetMode.AUTO),
                true,
                BatchCompression.LZ4,
                new RestoreSpec.Topics(true, 3, true),
                new RestoreSpec.Groups(true, List.of("billing"), NoAnswerPolicy.REFUSE));
        BackupSpec backup = new BackupSpec(
                "b1",
                "source-cluster",
                new BackupSpec.Segments(134_217_728, null, SegmentCompression.ZSTD, 3, "source-cluster"),
                true);
        RestoreTask task = new RestoreTask(
                "restored-0",
                List.of(
                        new Input(
                                ORDERS,
                                List.of(new SegmentRef("b1/s1", 100, 149, 50, 4_096)),
                                new Routing(3, 1),
                                List.of(110L, 120L)),
                        new Input(new TopicPartition("returns", 0), List.of(), null, List.of(0L, 7L))),
                new TopicPartition("restored", 0),
                null,
                50,
                4_096);
        RestoreTask preserving = new RestoreTask(
                "orders-2",
                List.of(new Input(ORDERS, List.of(), null, List.of())),
                ORDERS,
                new Preserve(100, 10_000, true),
                50,
                4_096);
        return List.of(
                new Golden("spec-backup", new JobFile("backup-1", 1_700_000_000_000L, backup), JobFile.class),
                new Golden(
                        "spec-validation",
                        new JobFile("validation-1", 1_700_000_000_000L, new ValidationSpec("b1", "0f".repeat(32))),
                        JobFile.class),
                new Golden(
                        "spec-scan",
                        new JobFile(
                                "scan-1",
                                1_700_000_000_000L,
                                new ScanSpec("target-cluster", "source-cluster", Map.of("restored", "orders"))),
                        JobFile.class),
                new Golden(
                        "spec-verification",
                        new JobFile(
                                "verification-1",
                                1_700_000_000_000L,
                                new VerificationSpec("restore-1", "b1", "0f".repeat(32), "target-cluster")),
                        JobFile.class),
                new Golden("spec", new JobFile("restore-1", 1_700_000_000_000L, spec), JobFile.class),
                new Golden("plan-page", new PlanPage(1, List.of(task, preserving)), PlanPage.class));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void isWrittenAsItWas(Golden golden) throws IOException {
        String written =
                JSON.writerFor(golden.type()).withDefaultPrettyPrinter().writeValueAsString(golden.value());

        assertEquals(text(golden), written + "\n");
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void isReadAsItWas(Golden golden) throws IOException {
        assertEquals(golden.value(), JSON.readValue(text(golden), golden.type()));
    }

    /** What a later release adds is passed over. */
    @ParameterizedTest
    @MethodSource("goldens")
    void unknownMembersArePassedOver(Golden golden) throws IOException {
        String more = text(golden).replaceFirst("\\{", "{ \"fromTheFuture\" : { \"a\" : [ 1 ] },");

        assertEquals(golden.value(), JSON.readValue(more, golden.type()));
    }

    @Test
    void everyKindOfEventAndMessageHasAGoldenFile() {
        List<Class<?>> kinds = new ArrayList<>(Arrays.asList(TaskEvent.class.getPermittedSubclasses()));
        kinds.remove(TaskEvent.OfFragment.class);
        kinds.add(TaskEvent.Mapped.class);
        kinds.addAll(Arrays.asList(JobEvent.class.getPermittedSubclasses()));
        kinds.addAll(Arrays.stream(Messages.class.getDeclaredClasses())
                .filter(Class::isRecord)
                .filter(kind -> Arrays.stream(kind.getRecordComponents())
                        .anyMatch(component -> component.getName().equals("version")))
                .toList());
        List<?> pinned = goldens().map(golden -> golden.value().getClass()).toList();

        assertEquals(
                List.of(), kinds.stream().filter(kind -> !pinned.contains(kind)).toList());
    }

    @Test
    void aMessageIsOneLineOfTheSameJson() {
        String line = Messages.write(new Messages.StopJob(7, "restore-1"));

        assertEquals("{\"epoch\":7,\"jobId\":\"restore-1\",\"version\":1}", line);
        assertEquals(new Messages.StopJob(7, "restore-1"), Messages.read(line, Messages.StopJob.class));
        assertThrows(IllegalArgumentException.class, () -> Messages.read("no json", Messages.StopJob.class));
    }

    @Test
    void damagedEventsAreRefused() {
        for (String damaged : List.of(
                "{\"type\":\"unheard-of\"}",
                "{\"type\":\"sealed\",\"attempt\":null,\"count\":1,\"endOffset\":1,\"repeats\":0}",
                "{\"type\":\"mapped\",\"attempt\":1,\"fragment\":{\"source\":\"orders\",\"firstOrdinal\":0,\"count\":1,"
                        + "\"runs\":[0,0,1],\"resume\":{\"segment\":0,\"ordinal\":0,\"lastOffset\":-1}}}",
                "{\"type\":\"mapped\",\"attempt\":1,\"fragment\":{\"source\":\"orders/0\",\"firstOrdinal\":0,\"count\":1,"
                    + "\"runs\":[0,0],\"resume\":{\"segment\":0,\"ordinal\":0,\"lastOffset\":-1}}}",
                "{\"type\":\"mapped\",\"attempt\":1,\"fragment\":{\"source\":\"orders/0\",\"firstOrdinal\":0,\"count\":2,"
                    + "\"runs\":[0,0,1],\"resume\":{\"segment\":0,\"ordinal\":0,\"lastOffset\":-1}}}")) {
            assertThrows(IOException.class, () -> JSON.readValue(damaged, TaskEvent.class), damaged);
        }
    }

    private static String text(Golden golden) throws IOException {
        try (InputStream in = GoldenJobTest.class.getResourceAsStream("/golden-jobs/" + golden.file() + ".json")) {
            if (in == null) {
                String written =
                        JSON.writerFor(golden.type()).withDefaultPrettyPrinter().writeValueAsString(golden.value());
                throw new AssertionError("no golden file " + golden.file() + ".json; today's form:\n" + written);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
