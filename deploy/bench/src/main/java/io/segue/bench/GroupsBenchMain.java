package io.segue.bench;

import io.segue.coordinator.groups.GroupLine;
import io.segue.coordinator.groups.PlanOrigin;
import io.segue.coordinator.groups.ResetLimits;
import io.segue.coordinator.groups.ResetPlan;
import io.segue.coordinator.groups.ResetPlanner;
import io.segue.coordinator.groups.ResetRequest;
import io.segue.coordinator.groups.ResetRun;
import io.segue.coordinator.groups.ResetState;
import io.segue.coordinator.groups.Restored;
import io.segue.coordinator.groups.RestoredPartitions;
import io.segue.coordinator.groups.SourceCommits;
import io.segue.coordinator.groups.TargetWorld;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.kafka.vertx.VertxKafkaCluster;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.store.FileStore;
import io.segue.protocol.time.Time;
import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.SandboxOptions;
import io.segue.sandbox.process.ProcessSandbox;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Resets thousands of groups on three brokers, beside the same work done one group at a time on the same cluster: fetch, commit,
 * read back. Snapshot, plan and outcomes are stored, as a job stores them.
 */
public final class GroupsBenchMain {
    private static final String TOPIC = "bench";
    private static final int RECORDS = 10;
    private static final int ONE_BY_ONE = 200;

    private GroupsBenchMain() {}

    public static void main(String[] args) throws Exception {
        int groups = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        int partitions = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        SandboxOptions options = SandboxOptions.defaults()
                .withoutTarget()
                .withSource(ClusterOptions.of(3).withHeap(384));
        Vertx vertx = Vertx.vertx();
        try (Sandbox sandbox = ProcessSandbox.start(options);
                VertxKafkaCluster cluster = new VertxKafkaCluster(
                        vertx,
                        new KafkaConnection(
                                List.of(sandbox.source().bootstrapServers().split(",", -1)), Map.of()))) {
            cluster.createTopic(TOPIC, partitions, 1, Map.of());
            fill(sandbox.source().bootstrapServers(), partitions);
            System.out.printf("%,d groups with offsets on %d partitions, three brokers%n", groups, partitions);
            double alone = oneByOne(cluster, partitions);
            double ours = ours(cluster, groups, partitions);
            System.out.printf("Ratio: %.1f%n", ours / alone);
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    private static void fill(String servers, int partitions) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS * partitions; i++) {
                Future<RecordMetadata> unused =
                        producer.send(new ProducerRecord<>(TOPIC, i % partitions, null, new byte[10]));
            }
        }
    }

    private static GroupCommits commits(String group, int partitions, long offset) {
        Map<TopicPartition, Commit> commits = new TreeMap<>();
        for (int p = 0; p < partitions; p++) {
            commits.put(new TopicPartition(TOPIC, p), new Commit(offset, null));
        }
        return new GroupCommits(group, commits);
    }

    /** @return groups a second */
    private static double oneByOne(VertxKafkaCluster cluster, int partitions) {
        long begun = System.nanoTime();
        for (int i = 0; i < ONE_BY_ONE; i++) {
            GroupCommits wanted = commits("alone-" + i, partitions, 5);
            cluster.commits(wanted.groupId());
            cluster.commit(wanted);
            cluster.commits(wanted.groupId());
        }
        double rate = ONE_BY_ONE / seconds(begun);
        System.out.printf("One at a time: %,.0f groups/s, %,.0f offsets/s%n", rate, rate * partitions);
        return rate;
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static double ours(VertxKafkaCluster cluster, int groups, int partitions) throws Exception {
        Map<String, GroupCommits> source = new TreeMap<>();
        for (int i = 0; i < groups; i++) {
            String group = String.format("group-%06d", i);
            source.put(group, commits(group, partitions, 1000 + i % RECORDS));
        }
        Map<TopicPartition, Restored> restored = new TreeMap<>();
        for (int p = 0; p < partitions; p++) {
            TopicPartition place = new TopicPartition(TOPIC, p);
            restored.put(
                    place, new Restored.Proven(new PartitionMapping(place, place, List.of(new Run(1000, 0, RECORDS)))));
        }
        ResetRequest request = ResetRequest.translate(
                new SourceCommits("bench", 1, source),
                new RestoredPartitions(Set.of(TOPIC), restored),
                NoAnswerPolicy.REFUSE);
        TargetWorld world = TargetWorld.read(cluster, List.of(), Set.of(TOPIC), Set.of());
        PlanOrigin origin = new PlanOrigin(
                request.strategies().word(), 1, null, null, null, "bench", "bench", world.remembered(), List.of());
        Path directory = Files.createTempDirectory("segue-groups-bench-");
        try (FileStore store = new FileStore(directory)) {
            long begun = System.nanoTime();
            List<GroupLine> lines = new ResetRun(
                            cluster, new ResetState(store), ResetLimits.standard(Time.system()), new Silent(), "bench")
                    .run(ResetRun.shards(
                            source.keySet(),
                            shard -> new ResetPlan(origin, ResetPlanner.plan(request, world, shard, shard.ids()))));
            double seconds = seconds(begun);
            long complete = lines.stream().filter(GroupLine::complete).count();
            System.out.printf(
                    "Ours: %,d of %,d groups complete in %.1f s: %,.0f groups/s, %,.0f offsets/s, heap at most %d MB%n",
                    complete, groups, seconds, groups / seconds, (double) groups * partitions / seconds, heap());
            return groups / seconds;
        }
    }

    /** Peak of what the pools held, garbage included. */
    private static long heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                >> 20;
    }

    private static final class Silent implements ResetRun.Listener {
        @Override
        public void snapshotTaken(String key, int groups) {}

        @Override
        public void ended(int shard, List<GroupLine> groups) {}
    }
}
