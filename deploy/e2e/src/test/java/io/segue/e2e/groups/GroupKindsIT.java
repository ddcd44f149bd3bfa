package io.segue.e2e.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The kinds of groups that brokers have now are told apart: each is reset, or refused by name while the others go on. */
@Timeout(300)
class GroupKindsIT {
    private static final long PATIENCE_SECONDS = 120;

    private final TargetCluster target = new TargetCluster();
    private Optional<ResetWorld> made = Optional.empty();

    @TempDir
    private Path home = Path.of("");

    @BeforeEach
    void restore() throws Exception {
        made = Optional.of(new ResetWorld(target, home, 1, 3));
    }

    private ResetWorld world() {
        return made.orElseThrow();
    }

    @AfterEach
    void close() throws Exception {
        target.close();
    }

    @Test
    void aShareGroupIsRefusedByNameAndTheOthersProceed() throws Exception {
        String plain = world().group("plain", 1040);
        String share = world().group("share", 1050);
        fromTheStart(share);
        consumeShared(share);
        assertEquals("share", type(share));

        String said = world().reset(3);

        assertTrue(said.contains("a share group has no committed offsets"), said);
        assertTrue(said.contains("kafka-share-groups.sh --reset-offsets"), said);
        assertEquals(Map.of(0, 40L), world().committed(plain));
        assertTrue(world().reset(3).contains("1 of 2 groups complete"), "again, it is the same");
    }

    private String type(String group) {
        return Optional.ofNullable(target.cluster.groups(List.of(group)).get(group))
                .orElseThrow()
                .type();
    }

    private void fromTheStart(String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", target.servers))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.GROUP, group),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private void consumeShared(String group) {
        try (KafkaShareConsumer<String, String> consumer = new KafkaShareConsumer<>(
                Map.of("bootstrap.servers", target.servers, "group.id", group),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(world().topic));
            long deadline =
                    System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
            while (consumer.poll(Duration.ofMillis(500)).isEmpty()) {
                assertTrue(System.nanoTime() < deadline, "the share group gets no records");
            }
        }
    }

    @Test
    void aStreamsGroupIsBlockedWhileItRunsAndGoesOnAtTheExactRecord() throws Exception {
        String app = world().group("streams", 1040);
        BlockingQueue<String> values = new LinkedBlockingQueue<>();
        try (KafkaStreams running = started(app, values)) {
            assertEquals("0", values.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), running.state()::toString);
            assertEquals("streams", type(app));

            String said = world().reset(1);
            assertTrue(said.contains("blocked") && said.contains(app), said);
        }

        // it has committed where it was: the same reset once more takes that as the state to start from
        assertTrue(world().reset(0, "--again", "--wait", "120").contains("1 of 1 group complete"));
        assertEquals(Map.of(0, 40L), world().committed(app));
        assertEquals("streams", type(app));

        values.clear();
        try (KafkaStreams again = started(app, values)) {
            assertEquals("40", values.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), again.state()::toString);
        }
    }

    private KafkaStreams started(String app, BlockingQueue<String> values) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(world().topic, Consumed.with(Serdes.String(), Serdes.String()))
                .foreach((key, value) -> values.add(value));
        KafkaStreams streams = new KafkaStreams(
                builder.build(),
                new StreamsConfig(Map.of(
                        StreamsConfig.APPLICATION_ID_CONFIG,
                        app,
                        StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                        target.servers,
                        StreamsConfig.GROUP_PROTOCOL_CONFIG,
                        "streams",
                        StreamsConfig.STATE_DIR_CONFIG,
                        home.resolve("streams").toString(),
                        StreamsConfig.consumerPrefix("auto.offset.reset"),
                        "earliest")));
        streams.start();
        return streams;
    }

    @Test
    void aGroupOfTheConsumerProtocolIsBlockedWhileItRunsAndGoesOnAtTheExactRecord() throws Exception {
        String group = world().group("kip848", 1040);
        try (KafkaConsumer<String, String> consumer = target.plain.consumer(group, "consumer")) {
            consumer.subscribe(List.of(world().topic));
            PlainKafka.next(consumer);
            assertTrue(world().reset(1).contains("blocked"));
        }
        world().reset(0, "--again", "--wait", "120");

        assertEquals("consumer", type(group));
        try (KafkaConsumer<String, String> consumer = target.plain.consumer(group, "consumer")) {
            consumer.subscribe(List.of(world().topic));
            assertEquals("40", PlainKafka.next(consumer).value());
        }
    }
}
