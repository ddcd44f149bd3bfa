package io.segue.e2e.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.sandbox.process.SharedSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the commands promise of resets, on three brokers: scenarios C1, C3 to C8 and C12, and a snapshot of the source's groups. */
@Timeout(300)
class GroupCommandsIT {
    private final TargetCluster target = new TargetCluster();
    private Optional<ResetWorld> made = Optional.empty();

    @TempDir
    private Path home = Path.of("");

    @BeforeEach
    void restore() throws Exception {
        made = Optional.of(new ResetWorld(target, home, 2, 3));
    }

    private ResetWorld world() {
        return made.orElseThrow();
    }

    @AfterEach
    void close() throws Exception {
        target.close();
    }

    @Test
    void b5WhatHasNoAnswerIsSaidAndTheRestIsReset() throws Exception {
        TopicPartition elsewhere = new TopicPartition(TargetCluster.unique("elsewhere"), 0);
        TopicPartition nothing = world().nothingArchived();
        String without = world().group("without", Map.of());
        String other = world().group("other", Map.of(elsewhere, new Commit(5, null)));
        String mixed = world().group(
                        "mixed",
                        Map.of(
                                world().at(0),
                                new Commit(1040, "kept"),
                                elsewhere,
                                new Commit(5, null),
                                nothing,
                                new Commit(77, "mine")));
        String missing = world().group("missing", Map.of(new TopicPartition(world().topic, 7), new Commit(1, null)));

        String said = world().reset(3);

        assertTrue(said.matches("(?s).*" + without + " +unchanged +had no committed offsets.*"), said);
        assertTrue(
                said.matches("(?s).*" + other + " +unchanged +had offsets on topic " + elsewhere.topic() + ".*"), said);
        assertTrue(
                said.matches("(?s).*" + missing + " +refused .*partition 7: it is not part of this restore.*"), said);
        assertEquals(
                Map.of(world().at(0), new Commit(40, "kept"), nothing, new Commit(0, "mine")),
                target.cluster.commits(mixed).commits());
        assertEquals(Map.of(), target.cluster.commits(other).commits());
    }

    /** Groups whose positions are asked of the source itself, as they are at the moment of the cut-over. */
    @Test
    void r6ThePositionsMayComeFromTheLiveSource() throws Exception {
        String servers = SharedSandbox.three().source().bootstrapServers();
        String group = world().group("live", 1001);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(world().topic, 2, (short) 1)))
                    .all()
                    .get();
            admin.alterConsumerGroupOffsets(
                            group,
                            Map.of(
                                    new org.apache.kafka.common.TopicPartition(world().topic, 0),
                                    new OffsetAndMetadata(1055, "live")))
                    .all()
                    .get();
        }

        world().reset(0, "--groups", group, "--source-bootstrap-servers", servers);

        assertEquals(
                Map.of(world().at(0), new Commit(55, "live")),
                target.cluster.commits(group).commits());
    }

    @Test
    void c1TheSameResetTwiceChangesNothingTheSecondTime() throws Exception {
        String group = world().group("twice", 1040);
        assertTrue(world().reset(0).contains("2 offsets set"));
        target.cluster.commit(new GroupCommits(
                group, Map.of(world().at(0), new Commit(77, null), world().at(1), new Commit(88, null))));

        world().reset(0);

        assertEquals(Map.of(0, 77L, 1, 88L), world().committed(group), "its consumers have gone on");
    }

    @Test
    void c3TheResetWaitsForConsumersToStop() throws Exception {
        String group = world().group("waited", 1040);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (KafkaConsumer<String, String> consumer = target.plain.consumer(group, "classic")) {
            consumer.subscribe(List.of(world().topic));
            PlainKafka.next(consumer);
            String blocked = world().reset(1);
            assertTrue(blocked.contains("blocked") && blocked.contains("127.0.0.1"), blocked);

            Future<String> waiting = threads.submit(() -> world().reset(0, "--wait", "120"));
            consumer.unsubscribe();
            assertTrue(waiting.get().contains("1 of 1 group complete"));
        } finally {
            threads.shutdownNow();
        }
        assertEquals(Map.of(0, 40L, 1, 40L), world().committed(group));
    }

    /** The brokers refuse metadata of more than 4,096 bytes: for good, so that another try would not help. */
    @Test
    void c4AnErrorOnOnePartitionIsPartlyDoneAndTheRestStands() throws Exception {
        String fine = world().group("fine", 1040);
        String half = world().group(
                        "half",
                        Map.of(
                                world().at(0), new Commit(1040, "x".repeat(5_000)),
                                world().at(1), new Commit(1050, "kept")));

        String said = world().reset(3);

        assertTrue(said.contains(world().at(0) + ": the commit's metadata is larger"), said);
        assertFalse(said.contains("may be tried again"), said);
        assertTrue(said.contains("1 of 2 groups complete"), said);
        assertEquals(Map.of(0, 40L, 1, 40L), world().committed(fine));
        assertEquals(Map.of(1, 50L), world().committed(half));
    }

    @Test
    void c5ADryRunShowsOldAndNewAndTouchesNothing() throws Exception {
        String group = world().group("dry", 1040);
        target.cluster.commit(new GroupCommits(group, Map.of(world().at(0), new Commit(9, null))));

        String said = world().reset(0, "--dry-run");

        assertTrue(said.matches("(?s).*" + group + " +" + world().at(0) + " +1040 +9 +40 +exact +0 +60 .*"), said);
        assertTrue(said.contains("Preflight: How long do offsets without consumers live?"), said);
        assertEquals(Map.of(0, 9L), world().committed(group));
        assertFalse(Files.exists(home.resolve("resets")), "nor is anything stored");
    }

    @Test
    void c6APositionThatTheLogHasLostIsRefusedAndTheOthersAreReadBack() throws Exception {
        String lost = world().group("lost", 1010);
        String kept = world().group("kept", 1080);
        deleteRecordsBefore(50);

        String said = world().reset(3);

        assertTrue(said.contains("refused"), said);
        assertEquals(Map.of(), world().committed(lost));
        assertEquals(Map.of(0, 80L, 1, 80L), world().committed(kept));
    }

    private void deleteRecordsBefore(long offset) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", target.servers))) {
            for (int p = 0; p < 2; p++) {
                admin.deleteRecords(Map.of(
                                new org.apache.kafka.common.TopicPartition(world().topic, p),
                                org.apache.kafka.clients.admin.RecordsToDelete.beforeOffset(offset)))
                        .all()
                        .get();
            }
        }
    }

    /** The file is all that is left: another machine plans, resets and takes back. */
    @Test
    void c12WhatIsStoredIsEnoughForAnotherMachine() throws Exception {
        String group = world().group("moved", 1040);
        target.cluster.commit(new GroupCommits(group, Map.of(world().at(0), new Commit(9, "old"))));
        String store = Files.createDirectory(home.resolve("store")).toString();
        world().reset(0, "--state", store);
        ResetWorld other = new ResetWorld(target, Files.createDirectory(home.resolve("elsewhere")), 1, 3);
        String said = world().reset(0, "--state", store);
        String id = said.replaceAll("(?s).*?(reset-[0-9a-z-]+).*", "$1");

        other.run(
                0,
                "offset-rollback",
                "rollback",
                "--bootstrap-servers",
                target.servers,
                "--reset",
                id,
                "--state",
                store);

        assertEquals(Map.of(0, 9L), world().committed(group));
        assertEquals(
                Optional.of(new Commit(9, "old")),
                Optional.ofNullable(target.cluster.commits(group).commits().get(world().at(0))));
    }

    /** A cut-over after the last backup: what the source's groups have done since counts. */
    @Test
    void aLaterSnapshotOfTheSourcesGroupsIsWhatTheResetFollows() throws Exception {
        String servers = SharedSandbox.three().source().bootstrapServers();
        String group = TargetCluster.unique("cut-over");
        var place = new org.apache.kafka.common.TopicPartition(world().topic, 0);
        Path config = Files.writeString(home.resolve("backup.yaml"), """
            mode: backup
            backup_id: cut-over
            source:
              bootstrap_servers: ["%s"]
              topics: {include: [%s]}
            storage: {backend: filesystem, path: "%s"}
            """.formatted(
                        servers, world().topic, Files.createDirectory(home.resolve("backups"))));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(world().topic, 2, (short) 1)))
                    .all()
                    .get();
            new PlainKafka(servers).produce(world().topic, 0, 0, 10);
            admin.alterConsumerGroupOffsets(group, Map.of(place, new OffsetAndMetadata(1040)))
                    .all()
                    .get();
            world().run(0, "backup", "--config", config.toString());
            admin.alterConsumerGroupOffsets(group, Map.of(place, new OffsetAndMetadata(1070)))
                    .all()
                    .get();
        }
        String[] reset = {
            "--groups", group, "--path", home.resolve("backups").toString(), "--backup-id", "cut-over", "--again"
        };
        world().reset(0, reset);
        assertEquals(Map.of(0, 40L), world().committed(group));

        String said = world().run(0, "snapshot-groups", "--config", config.toString());

        assertTrue(said.contains("stored with backup cut-over"), said);
        world().reset(0, reset);
        assertEquals(Map.of(0, 70L), world().committed(group));
    }
}
