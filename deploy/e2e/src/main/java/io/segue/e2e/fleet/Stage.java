package io.segue.e2e.fleet;

import io.segue.sandbox.BrokerCluster;
import io.segue.sandbox.S3Endpoint;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.SandboxOptions;
import io.segue.sandbox.process.ProcessSandbox;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A sandbox, the command, and a fleet that keeps its state on the sandbox's S3. All of it ends with {@link #close()} and, on
 * Ctrl-C, with this JVM.
 */
public final class Stage implements AutoCloseable {
    private final Ground ground;
    private final Sandbox sandbox;
    private final KafkaBackup kafkaBackup;
    private final Fleet fleet;
    private final Runnable interrupted;
    private final Thread atExit = new Thread(this::exit, "stage-exit");

    private Stage(Ground ground, Sandbox sandbox, KafkaBackup kafkaBackup, Fleet fleet, Runnable interrupted) {
        this.ground = ground;
        this.sandbox = sandbox;
        this.kafkaBackup = kafkaBackup;
        this.fleet = fleet;
        this.interrupted = interrupted;
    }

    /**
     * What there is.
     *
     * @param javaOptions of every JVM that is started, but those of the sandbox
     */
    public record Setup(SandboxOptions sandbox, Fleet.Size fleet, String javaOptions) {}

    /**
     * Starts the sandbox; the fleet comes with {@link #startFleet()}.
     *
     * @param script {@code deploy/kafka-backup}
     * @param ground closed with the stage, also if this fails
     * @param lines take what commands print
     * @param interrupted what to do first if this JVM is told to end
     */
    public static Stage open(Path script, Ground ground, Setup setup, Consumer<String> lines, Runnable interrupted) {
        Sandbox sandbox;
        try {
            sandbox = ProcessSandbox.start(setup.sandbox());
        } catch (RuntimeException e) {
            ground.close();
            throw e;
        }
        Map<String, String> environment = Map.of(
                "AWS_ACCESS_KEY_ID", sandbox.s3().accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", sandbox.s3().secretAccessKey(),
                "SEGUE_HOME", ground.directory().toString(),
                "JAVA_OPTS", (setup.javaOptions() + " -Djava.io.tmpdir=" + ground.temporary()).strip());
        Fleet fleet = new Fleet(
                script.toAbsolutePath().resolveSibling("fleet"),
                ground.directory().resolve("fleet"),
                environment,
                setup.fleet());
        Stage stage = new Stage(ground, sandbox, new KafkaBackup(script, environment, lines), fleet, interrupted);
        Runtime.getRuntime().addShutdownHook(stage.atExit);
        return stage;
    }

    public Path directory() {
        return ground.directory();
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public S3Endpoint s3() {
        return sandbox.s3();
    }

    public String source() {
        return sandbox.source().bootstrapServers();
    }

    public String target() {
        return targetBrokers().bootstrapServers();
    }

    public BrokerCluster targetBrokers() {
        Optional<BrokerCluster> target = sandbox.target();
        return target.orElseThrow(() -> new IllegalStateException("the sandbox was started with a target"));
    }

    public KafkaBackup kafkaBackup() {
        return kafkaBackup;
    }

    public Fleet fleet() {
        return fleet;
    }

    /** From here on the commands go to its coordinators. */
    public void startFleet() {
        fleet.up(fleetState());
        kafkaBackup.sendTo(fleet.coordinators());
    }

    /** Where the fleet keeps its jobs. */
    public String fleetState() {
        S3Endpoint s3 = sandbox.s3();
        return "s3://" + s3.bucket() + "/fleet?endpoint=" + s3.endpoint() + "&path_style=true&region=" + s3.region();
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

    private void exit() {
        interrupted.run();
        end();
    }

    private void end() {
        try (sandbox;
                ground;
                fleet) {
            kafkaBackup.close();
        }
    }
}
