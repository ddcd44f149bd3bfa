package io.segue.e2e.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * P1: the mission page, every command and every block, with Kafka's own tools beside ours. The source has what the page says:
 * {@code orders} from 500 to 1000 and from 400 to 800, and a group at 1000 and 800 of 1500 and 1200.
 */
class P1MissionPageIT {
    private static final long FIRST_TIME = 1_701_388_800_000L;
    private static final long STEP = 90_000;
    private static final String GROUPS_TOOL = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";
    private static final String OFFSETS_TOOL = "org.apache.kafka.tools.GetOffsetShell";
    private static final String CONSOLE_TOOL = "org.apache.kafka.tools.consumer.ConsoleConsumer";
    private static final List<String> TOPICS = List.of("p1-orders");

    @TempDir
    private Path directory = Path.of("");

    private PageWorld world = new PageWorld(Path.of(""));
    private MissionPage page = new MissionPage();

    @BeforeEach
    void backUpTheSource() throws Exception {
        world = new PageWorld(directory);
        page = MissionPage.load()
                .replace("source-kafka:9092", world.source)
                .replace("target-kafka:9092", world.target)
                .replace("topic orders", "topic p1-orders")
                .replace(
                        "bucket: kafka-backups\n",
                        "bucket: " + world.sandbox.s3().bucket() + "\n" + world.s3())
                .replace("prefix: production", "prefix: page")
                .replace("restore.yaml", directory.resolve("restore.yaml").toString())
                .replace("reset-plan.json", directory.resolve("reset-plan.json").toString())
                .replace(
                        "offset-mapping.json",
                        directory.resolve("offset-mapping.json").toString())
                .replace(
                        "pre-reset-snapshot.json",
                        directory.resolve("pre-reset-snapshot.json").toString());
        world.createTopic(world.source, "p1-orders", 2);
        produce(0, 0, 1000);
        produce(1, 0, 800);
        world.deleteRecords(world.source, "p1-orders", 0, 500);
        world.deleteRecords(world.source, "p1-orders", 1, 400);
        world.commit(world.source, "order-processor", "p1-orders", 1000, 800);
        world.commit(world.source, "payment-processor", "p1-orders", 750, 600);
        world.commit(world.source, "notification-service", "p1-orders", 500, 400);
        Path backup = world.write(
                "backup.yaml", """
                mode: backup
                backup_id: my-backup
                source:
                  bootstrap_servers: ["%s"]
                  topics: {include: [p1-orders]}
                storage:
                  backend: s3
                  bucket: %s
                  prefix: page
                %s""".formatted(world.source, world.sandbox.s3().bucket(), world.s3()));
        world.run(0, "kafka-backup", "backup", "--config", backup.toString());
        produce(0, 1000, 1500);
        produce(1, 800, 1200);
    }

    private void produce(int partition, int from, int to) throws Exception {
        int first = partition == 0 ? 500 : 400;
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (int offset = from; offset < to; offset++) {
            records.add(new ProducerRecord<>(
                    "p1-orders", partition, FIRST_TIME + (offset - first) * STEP, "order-" + offset, "v" + offset));
        }
        world.produce(world.source, records);
    }

    private String[] with(String[] command, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(command));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private Map<Integer, Long> committed(String group) throws Exception {
        return world.committed(world.target, group, "p1-orders");
    }

    @Test
    void theWholePage() throws Exception {
        String threePhases = page.takeYaml("mode: restore");
        world.write("restore.yaml", withoutResets(threePhases));

        // Check Consumer Position
        String position = world.tool(GROUPS_TOOL, page.take("kafka-consumer-groups"));
        assertTrue(position.matches("(?s).*p1-orders +0 +1000 +1500 +500 .*"), position);
        // Solution 4, first half: without it there is nothing restored to look at
        world.run(0, page.take("kafka-backup restore"));

        checkRestoredDataAndMapping();
        solutionOne(threePhases);
        solutionTwoAndThree(threePhases);
        world.run(0, page.take("kafka-backup offset-reset execute --strategy from-mapping"));
        assertEquals(Map.of(0, 500L, 1, 400L), committed("order-processor"));
        rollback();
        verifying();
        threePhaseRestore(threePhases);

        scenariosAreInTheirOwnTest();
        List<String> left = page.left();
        assertEquals(1, left.size(), "nothing of the page is left out but what needs a Kubernetes operator: " + left);
        assertTrue(left.get(0).contains("kind: KafkaOffsetRollback"), left.get(0));
    }

    /** The page restores once to look around and once in three phases: the first time no group is touched. */
    private static String withoutResets(String yaml) {
        return yaml.replace("reset_consumer_offsets: true", "reset_consumer_offsets: false");
    }

    private void checkRestoredDataAndMapping() throws Exception {
        String[] shell = page.take("kafka-run-class kafka.tools.GetOffsetShell");
        shell = Arrays.copyOfRange(shell, 1, shell.length);
        shell[1] = "--bootstrap-server";
        String restored = world.tool(OFFSETS_TOOL, shell);
        assertTrue(restored.contains("p1-orders:0:500") && restored.contains("p1-orders:1:400"), restored);
        page.replace("source-cluster-id", sourceClusterId());
        String mapping = world.run(0, page.take("kafka-backup show-offset-mapping"));
        assertTrue(mapping.contains("Partition 0: Source offset 500-1000 → Target offset 0-500"), mapping);
        assertTrue(mapping.contains("Partition 1: Source offset 400-800 → Target offset 0-400"), mapping);
    }

    private String sourceClusterId() throws Exception {
        String mapping = Files.readString(directory.resolve("offset-mapping.json"));
        return mapping.replaceAll("(?s).*\"source_cluster_id\" : \"([^\"]+)\".*", "$1");
    }

    private void solutionOne(String threePhases) throws Exception {
        world.run(0, page.take("kafka-backup offset-reset plan"));
        String plan = Files.readString(directory.resolve("reset-plan.json"));
        assertTrue(plan.contains("\"source_offset\" : 1000") && plan.contains("\"target_offset\" : 500"), plan);
        assertEquals(Map.of(), committed("order-processor"));
        world.run(0, page.take("kafka-backup offset-reset execute --plan"));
        assertEquals(Map.of(0, 500L, 1, 400L), committed("order-processor"));
        assertEquals(List.of(), world.rest(world.target, "order-processor", "p1-orders", 0));

        Path config = world.write("headers.yaml", withoutResets(threePhases) + page.takeYaml("source_cluster:"));
        world.run(0, "kafka-backup", "offset-reset", "execute", "--config", config.toString());
        assertEquals(Map.of(0, 250L, 1, 200L), committed("payment-processor"));
        assertEquals(
                "v750",
                world.rest(world.target, "payment-processor", "p1-orders", 0).get(0));
    }

    private void solutionTwoAndThree(String threePhases) throws Exception {
        world.tool(GROUPS_TOOL, page.take("kafka-consumer-groups"));
        Map<Integer, Long> byKafka = committed("order-processor");
        String[] ours = {
            "kafka-backup",
            "offset-reset",
            "execute",
            "--bootstrap-servers",
            world.target,
            "--groups",
            "order-processor"
        };
        world.run(0, with(ours, "--strategy", "timestamp", "--timestamp", "1733047200000"));
        assertEquals(byKafka, committed("order-processor"));

        Path config =
                world.write("timestamp.yaml", withoutResets(threePhases) + page.takeYaml("timestamp: 1701421200000"));
        world.run(0, "kafka-backup", "offset-reset", "execute", "--config", config.toString());
        assertEquals(Map.of(0, 360L, 1, 360L), committed("order-processor"));

        world.tool(GROUPS_TOOL, page.take("kafka-consumer-groups"));
        assertEquals(Map.of(0, 0L, 1, 0L), committed("order-processor"));
        world.run(0, with(ours, "--strategy", "latest"));
        world.run(0, with(ours, "--strategy", "earliest"));
        assertEquals(Map.of(0, 0L, 1, 0L), committed("order-processor"));
    }

    private void rollback() throws Exception {
        world.run(0, page.take("kafka-backup offset-rollback snapshot"));
        page.take("kafka-backup offset-reset execute ...");
        world.run(
                0,
                "kafka-backup",
                "offset-reset",
                "execute",
                "--bootstrap-servers",
                world.target,
                "--groups",
                "order-processor",
                "--strategy",
                "offset",
                "--offset",
                "123");
        assertEquals(Map.of(0, 123L, 1, 123L), committed("order-processor"));
        String undone = world.run(0, page.take("kafka-backup offset-rollback rollback"));
        assertTrue(undone.contains("Undoing reset-"), undone);
        assertEquals(Map.of(0, 500L, 1, 400L), committed("order-processor"));
    }

    private void verifying() throws Exception {
        String message = world.tool(CONSOLE_TOOL, current(page.take("kafka-console-consumer")));
        assertTrue(message.contains("x-kafka-backup-offset:600"), message);
        String atSource = world.tool(CONSOLE_TOOL, current(page.take("kafka-console-consumer")));
        assertTrue(atSource.contains("order-1000\tv1000"), atSource);
        // the page compares 1000 with 500; what was restored ends there, so the last one is compared
        String[] other = current(page.take("kafka-console-consumer"));
        other[Arrays.asList(other).indexOf("500")] = "499";
        String atTarget = world.tool(CONSOLE_TOOL, other);
        assertTrue(atTarget.contains("order-999\tv999"), atTarget);
        String lag = world.tool(GROUPS_TOOL, page.take("kafka-consumer-groups"));
        assertTrue(lag.matches("(?s).*p1-orders +0 +500 +500 +0 .*"), lag);
    }

    /** Kafka has renamed the option. */
    private static String[] current(String[] command) {
        return Arrays.stream(command)
                .map(word -> word.equals("--property") ? "--formatter-property" : word)
                .toArray(String[]::new);
    }

    private void threePhaseRestore(String threePhases) throws Exception {
        world.deleteTopics(world.target, TOPICS);
        world.write("restore.yaml", threePhases);
        String said = world.run(0, page.take("kafka-backup three-phase-restore"));
        for (String phase : List.of("Phase 1: Restore Data", "Phase 2: Build Mapping", "Phase 3: Reset Offsets")) {
            assertTrue(said.contains(phase), said);
        }
        assertEquals(Map.of(0, 500L, 1, 400L), committed("order-processor"));
        assertEquals(
                "v750",
                world.rest(world.target, "payment-processor", "p1-orders", 0).get(0));
        assertEquals(
                "v400",
                world.rest(world.target, "notification-service", "p1-orders", 1).get(0));
    }

    /** {@link P2ScenariosIT} runs them. */
    private void scenariosAreInTheirOwnTest() {
        page.takeYaml("time_window_start");
        page.takeYaml("scan_all_partitions");
        page.takeYaml("topic_mapping");
    }
}
