package io.segue.e2e.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** P2: each question of the page's troubleshooting checklist, answered with evidence and with what mends it. */
@Timeout(120)
class P2ChecklistIT {
    private static final List<String> CHECKLIST = List.of(
            "Was the backup created with offset headers?",
            "Is source_cluster correctly specified?",
            "Are the consumer groups stopped?",
            "Is the correct strategy being used?",
            "For partition changes, is scan_all_partitions enabled?",
            "Are topic mappings consistent between restore and offset reset?");

    @TempDir
    private Path directory = Path.of("");

    private PageWorld world = new PageWorld(Path.of(""));
    private final ObjectMapper json = new ObjectMapper();

    @BeforeEach
    void backUpTwoPartitionsThatBecomeThree() throws Exception {
        world = new PageWorld(directory);
        world.createTopic(world.source, "p2-check", 2);
        world.createTopic(world.target, "p2-checked", 3);
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            records.add(new ProducerRecord<>("p2-check", i % 2, "k" + i, "v" + i));
        }
        world.produce(world.source, records);
        world.commit(world.source, "p2-check-group", "p2-check", 3, 3);
        Path backup = world.write("check-backup.yaml", """
                mode: backup
                backup_id: check
                source:
                  bootstrap_servers: ["%s"]
                  topics: {include: [p2-check]}
                storage: {backend: filesystem, path: "%s"}
                """.formatted(world.source, directory.resolve("backups")));
        world.run(0, "kafka-backup", "backup", "--config", backup.toString());
    }

    private Map<String, JsonNode> doctor(int wanted, String restore, String reset) throws Exception {
        Path config =
                world.write("check.yaml", """
                mode: restore
                backup_id: check
                target: {bootstrap_servers: ["%s"]}
                storage: {backend: filesystem, path: "%s"}
                restore: {topic_mapping: {p2-check: p2-checked}, %s}
                offset_reset: {groups: [p2-check-group], %s}
                """.formatted(world.target, directory.resolve("backups"), restore, reset));
        String said = world.run(wanted, "kafka-backup", "--output", "json", "doctor", "--config", config.toString());
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        json.readTree(said)
                .forEach(answer -> answers.put(answer.path("question").asText(), answer));
        return answers;
    }

    private static void assertWrong(Map<String, JsonNode> answers, int question, String evidence, String fix) {
        JsonNode answer = answers.getOrDefault(
                CHECKLIST.get(question), com.fasterxml.jackson.databind.node.MissingNode.getInstance());
        assertTrue(!answer.path("verdict").asText().equals("ok"), answer.toString());
        assertTrue(answer.path("evidence").asText().contains(evidence), answer.toString());
        assertTrue(answer.path("fix").asText().contains(fix), answer.toString());
    }

    @Test
    void everyQuestionIsAnswered() throws Exception {
        Map<String, JsonNode> wrong;
        try (KafkaConsumer<String, String> consumer = consumer()) {
            consumer.subscribe(List.of("p2-checked"));
            while (consumer.assignment().isEmpty()) {
                consumer.poll(Duration.ofMillis(200));
            }
            wrong = doctor(
                    1,
                    "include_original_offset_header: false",
                    "strategy: header-based, source_cluster: another, topic_mapping: {other: p2-else}");
        }
        assertEquals(CHECKLIST, List.copyOf(wrong.keySet()).subList(0, CHECKLIST.size()));
        String clusterId = of(wrong, CHECKLIST.get(1)).path("evidence").asText().replaceAll(".* is of ", "");
        assertWrong(wrong, 0, "has none", "include_original_offset_header: true");
        assertWrong(wrong, 1, "source_cluster is another", "source_cluster: \"" + clusterId + "\"");
        assertWrong(wrong, 2, "p2-check-group (Stable, checker", "--describe --members --group p2-check-group");
        assertWrong(wrong, 4, "p2-check (2 → 3)", "scan_all_partitions: true");
        assertWrong(wrong, 5, "other is restored to other, reset on p2-else", "restore.topic_mapping");
        assertWrong(
                doctor(0, "include_original_offset_header: true", "strategy: latest"),
                3,
                "latest ignores where each group was",
                "strategy: from-mapping");

        Map<String, JsonNode> right = doctor(
                0,
                "include_original_offset_header: true",
                "strategy: header-based, scan_all_partitions: true, source_cluster: " + clusterId
                        + ", topic_mapping: {p2-check: p2-checked}");
        for (String question : CHECKLIST) {
            assertEquals("ok", of(right, question).path("verdict").asText(), right::toString);
        }
    }

    private static JsonNode of(Map<String, JsonNode> answers, String question) {
        return answers.getOrDefault(question, MissingNode.getInstance());
    }

    private KafkaConsumer<String, String> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", world.target, "group.id", "p2-check-group", "client.id", "checker"),
                new StringDeserializer(),
                new StringDeserializer());
    }
}
