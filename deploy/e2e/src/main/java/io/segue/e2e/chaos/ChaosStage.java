package io.segue.e2e.chaos;

import io.segue.e2e.fleet.Fleet;
import io.segue.e2e.fleet.KafkaBackup;
import io.segue.sandbox.BrokerCluster;
import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.S3Endpoint;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.SandboxOptions;
import io.segue.sandbox.process.ProcessSandbox;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What is there to be broken: a source, a target of three brokers, an object store, two coordinators, three workers. It ends
 * with {@link #close()} and, on Ctrl-C, with this JVM.
 */
final class ChaosStage implements AutoCloseable {
    private final Path directory;
    private final Sandbox sandbox;
    private final SmallDisk spool;
    private final KafkaBackup kafkaBackup;
    private final Fleet fleet;
    private final Thread atExit = new Thread(this::end, "chaos-exit");

    private ChaosStage(Path directory, Sandbox sandbox, SmallDisk spool, Path script) {
        this.directory = directory;
        this.sandbox = sandbox;
        this.spool = spool;
        S3Endpoint s3 = sandbox.s3();
        Map<String, String> credentials = Map.of(
                "AWS_ACCESS_KEY_ID", s3.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", s3.secretAccessKey(),
                "SEGUE_HOME", directory.toString());
        this.kafkaBackup = new KafkaBackup(script, credentials, line -> {});
        Map<String, String> processes = new HashMap<>(credentials);
        processes.put("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + spool.directory());
        this.fleet = new Fleet(
                script.toAbsolutePath().resolveSibling("fleet"),
                directory.resolve("fleet"),
                processes,
                new Fleet.Size(2, 3, 3));
    }

    /** @param directory for configurations, logs and the workers' temporary files */
    static ChaosStage open(Path script, Path directory) {
        SandboxOptions options = SandboxOptions.defaults()
                .withSource(ClusterOptions.of(1).withProperty("log.cleaner.backoff.ms", "500"))
                .withTarget(ClusterOptions.of(3));
        Sandbox sandbox = ProcessSandbox.start(options);
        SmallDisk spool = SmallDisk.below(directory);
        ChaosStage stage = new ChaosStage(directory, sandbox, spool, script);
        Runtime.getRuntime().addShutdownHook(stage.atExit);
        try {
            S3Endpoint s3 = sandbox.s3();
            stage.fleet.up("s3://" + s3.bucket() + "/fleet?endpoint=" + s3.endpoint() + "&path_style=true&region="
                    + s3.region());
            stage.kafkaBackup.sendTo(stage.fleet.coordinators());
            return stage;
        } catch (RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    Path directory() {
        return directory;
    }

    String source() {
        return sandbox.source().bootstrapServers();
    }

    BrokerCluster target() {
        return sandbox.target().orElseThrow(() -> new IllegalStateException("the sandbox was started with a target"));
    }

    S3Endpoint s3() {
        return sandbox.s3();
    }

    SmallDisk spool() {
        return spool;
    }

    KafkaBackup kafkaBackup() {
        return kafkaBackup;
    }

    Fleet fleet() {
        return fleet;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // the hook does the rest
            return;
        }
        end();
    }

    private void end() {
        try (sandbox;
                spool;
                fleet) {
            kafkaBackup.close();
        }
    }
}
