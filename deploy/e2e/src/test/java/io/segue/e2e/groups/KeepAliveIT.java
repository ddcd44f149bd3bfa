package io.segue.e2e.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.Archives;
import io.segue.e2e.CommandLine;
import io.segue.e2e.Configs;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.store.FileStore;
import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.SandboxOptions;
import io.segue.sandbox.process.ProcessSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that forget the offsets of groups without members after a minute, and a reset that outlives that. */
@Timeout(600)
class KeepAliveIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private Path home = Path.of("");

    @Test
    void whatAJobResetIsStillThereWhenItWouldHaveBeenForgotten() throws Exception {
        ClusterOptions forgetful = ClusterOptions.of(1)
                .withProperty("offsets.retention.minutes", "1")
                .withProperty("offsets.retention.check.interval.ms", "1000");
        try (Sandbox sandbox = ProcessSandbox.start(SandboxOptions.defaults().withTarget(forgetful))) {
            TargetCluster target =
                    new TargetCluster(sandbox.target().orElseThrow().bootstrapServers());
            try {
                keepsAlive(target);
            } finally {
                target.close();
            }
        }
    }

    private void keepsAlive(TargetCluster target) throws Exception {
        ResetWorld world = new ResetWorld(target, home, 1, 1);
        String kept = TargetCluster.unique("kept");
        String restored = world.run(0, "three-phase-restore", "--config", restore(world, target, kept));
        String job = restored.replaceAll("(?s).*?(restore-[0-9]{8}-[0-9]{6}-[0-9a-f]{4}).*", "$1");
        Map<Integer, Long> reset = Map.of(0, ResetWorld.RECORDS + 5L);
        CommandLine.Running keeping = new CommandLine(home)
                .with("SEGUE_HOME", home.toString())
                .start("offset-reset", "execute", "--job", job, "--keep-alive", "1");
        try {
            untilTheBrokersForget(target, world, "first");
            untilTheBrokersForget(target, world, "second");

            assertEquals(reset, world.committed(kept));
            assertTrue(keeping.process().isAlive(), "it goes on until the consumers start");
            String said = Files.readString(keeping.err());
            assertTrue(said.contains("The job reset its groups itself: nothing is reset again"), said);
            assertTrue(said.contains("Keeping the offsets alive for 1 h, every 15 s"), said);
        } finally {
            keeping.process().destroyForcibly().waitFor();
        }
    }

    /** Commits for a group that nobody keeps alive, and waits until its offset is gone. */
    private static void untilTheBrokersForget(TargetCluster target, ResetWorld world, String name) {
        TopicPartition place = world.at(0);
        String group = TargetCluster.unique(name);
        target.cluster.commit(new GroupCommits(group, Map.of(place, new Commit(7, null))));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!world.committed(group).isEmpty()) {
            assertTrue(System.nanoTime() < deadline, "the brokers do not forget");
        }
    }

    /** Ten records behind those that are there, of which the group has read five. */
    private String restore(ResetWorld world, TargetCluster target, String group) throws Exception {
        try (FileStore store = new FileStore(home.resolve("backups"))) {
            new Archives(store, "b1")
                    .partition(
                            world.topic,
                            0,
                            SegmentCompression.ZSTD,
                            10,
                            LongStream.range(1000, 1010)
                                    .mapToObj(i -> Archives.record(i, System.currentTimeMillis(), "k", "v" + i))
                                    .toList())
                    .groups(Map.of(group, Map.of(world.topic, Map.of(0, 1005L))))
                    .write();
        }
        return Configs.restore(home, target.servers, "b1", "auto_consumer_groups: true\n")
                .toString();
    }
}
