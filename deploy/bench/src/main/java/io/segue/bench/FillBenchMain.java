package io.segue.bench;

import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.kafka.vertx.VertxKafkaCluster;
import io.segue.protocol.store.FileStore;
import io.segue.protocol.time.Time;
import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.SandboxOptions;
import io.segue.sandbox.process.ProcessSandbox;
import io.segue.worker.append.HeadFill;
import io.segue.worker.append.wire.FillerBatches;
import io.segue.worker.append.wire.KafkaTargetPartition;
import io.segue.worker.lease.Lease;
import io.segue.worker.lease.LeaseGate;
import io.segue.worker.lease.Moment;
import io.segue.worker.lease.TaskJournal;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Fills heads of logs as {@code restore.offsets: preserve} does, on one broker, and says whose processor time it takes. */
public final class FillBenchMain {
    private static final String TOPIC = "bench";
    private static final int ROUNDS = 3;

    private FillBenchMain() {}

    public static void main(String[] args) throws Exception {
        long offsets = args.length > 0 ? Long.parseLong(args[0]) : 100_000_000;
        SandboxOptions options = SandboxOptions.defaults()
                .withoutTarget()
                .withSource(ClusterOptions.of(1).withHeap(512));
        Vertx vertx = Vertx.vertx();
        ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor();
        try (Sandbox sandbox = ProcessSandbox.start(options)) {
            KafkaConnection connection = new KafkaConnection(
                    List.of(sandbox.source().bootstrapServers().split(",", -1)), Map.of());
            try (VertxKafkaCluster cluster = new VertxKafkaCluster(vertx, connection)) {
                cluster.createTopic(TOPIC, ROUNDS, 1, Map.of("retention.ms", "-1"));
                String topicId = Objects.requireNonNull(
                                cluster.topics(java.util.Set.of(TOPIC)).get(TOPIC))
                        .topicId();
                for (int round = 0; round < ROUNDS; round++) {
                    fill(connection, topicId, new TopicPartition(TOPIC, round), offsets, beat);
                }
            }
        } finally {
            beat.shutdownNow();
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    private static void fill(
            KafkaConnection connection,
            String topicId,
            TopicPartition partition,
            long offsets,
            ScheduledExecutorService beat)
            throws Exception {
        Path directory = Files.createTempDirectory("segue-bench-");
        Lease lease = new Lease(Time.system());
        ScheduledFuture<?> renewals =
                beat.scheduleAtFixedRate(() -> lease.renewed(Moment.now(Time.system())), 0, 1, TimeUnit.SECONDS);
        try (FileStore store = new FileStore(directory);
                KafkaTargetPartition target =
                        new KafkaTargetPartition(connection, partition, topicId, Time.system(), "bench", () -> true)) {
            EventLog<TaskEvent> log = new JobStore(store).taskLog("bench-1", "t-" + partition.partition());
            Granted grant = new Granted(1, "bench", topicId, offsets, 0);
            log.append(grant);
            TaskJournal journal = new TaskJournal(log, grant, Time.system());
            LeaseGate gate = new LeaseGate(lease, journal, Time.system(), () -> false, () -> {});
            FillerBatches batches = new FillerBatches(System.currentTimeMillis());
            Duration ours = ours();
            Duration brokers = brokers();
            long begun = System.nanoTime();
            new HeadFill(partition.toString(), target, journal, gate, Time.system(), step -> {}, batches)
                    .fillBelow(offsets);
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    "%,d offsets in %.1f s: %,.0f a second; processor time: %.1f s of the broker, %.1f s of the worker%n",
                    offsets,
                    seconds,
                    offsets / seconds,
                    brokers().minus(brokers).toMillis() / 1e3,
                    ours().minus(ours).toMillis() / 1e3);
        } finally {
            renewals.cancel(true);
        }
    }

    private static Duration ours() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static Duration brokers() {
        return ProcessHandle.current()
                .descendants()
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
