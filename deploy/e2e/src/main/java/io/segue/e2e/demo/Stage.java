package io.segue.e2e.demo;

import io.segue.e2e.fleet.Fleet;
import io.segue.e2e.fleet.KafkaBackup;
import io.segue.sandbox.BrokerCluster;
import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.S3Endpoint;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.SandboxOptions;
import io.segue.sandbox.process.ProcessSandbox;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** All that the demo runs on. It ends with {@link #close()} and, on Ctrl-C, with this JVM. */
final class Stage implements AutoCloseable {
    private final Story story;
    private final Workplace workplace;
    private final Sandbox sandbox;
    private final KafkaBackup kafkaBackup;
    private final Fleet fleet;
    private final Thread atExit = new Thread(this::interrupted, "demo-exit");

    private Stage(Story story, Workplace workplace, Sandbox sandbox, Path script) {
        this.story = story;
        this.workplace = workplace;
        this.sandbox = sandbox;
        Map<String, String> environment = environment(workplace, sandbox);
        this.kafkaBackup = new KafkaBackup(script, environment, story::quote);
        this.fleet = new Fleet(
                script.toAbsolutePath().resolveSibling("fleet"),
                workplace.directory().resolve("fleet"),
                environment,
                new Fleet.Size(1, 3, 2));
    }

    static Stage open(Path script, Story story) {
        // the cleaner is to begin at once, not after its usual 15 seconds
        SandboxOptions options = SandboxOptions.defaults()
                .withSource(ClusterOptions.of(1).withProperty("log.cleaner.backoff.ms", "500"));
        Sandbox sandbox = ProcessSandbox.start(options);
        try {
            Stage stage = new Stage(story, Workplace.create(), sandbox, script);
            Runtime.getRuntime().addShutdownHook(stage.atExit);
            return stage;
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    Sandbox sandbox() {
        return sandbox;
    }

    String source() {
        return sandbox.source().bootstrapServers();
    }

    String target() {
        Optional<BrokerCluster> target = sandbox.target();
        return target.orElseThrow(() -> new IllegalStateException("the sandbox was started with a target"))
                .bootstrapServers();
    }

    Fleet fleet() {
        return fleet;
    }

    /** From here on the commands go to its coordinator. */
    void startFleet() {
        fleet.up(fleetState());
        kafkaBackup.sendTo(fleet.coordinators());
    }

    /** Where the fleet keeps its jobs. */
    String fleetState() {
        S3Endpoint s3 = sandbox.s3();
        return "s3://" + s3.bucket() + "/fleet?endpoint=" + s3.endpoint() + "&path_style=true&region=" + s3.region();
    }

    KafkaBackup kafkaBackup() {
        return kafkaBackup;
    }

    Path directory() {
        return workplace.directory();
    }

    private static Map<String, String> environment(Workplace workplace, Sandbox sandbox) {
        String given = Optional.ofNullable(System.getenv("JAVA_OPTS")).orElse("");
        return Map.of(
                "AWS_ACCESS_KEY_ID", sandbox.s3().accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", sandbox.s3().secretAccessKey(),
                "SEGUE_HOME", workplace.directory().toString(),
                "JAVA_OPTS", (given + " -Djava.io.tmpdir=" + workplace.temporary()).strip());
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

    private void interrupted() {
        story.end();
        end();
    }

    private void end() {
        try (sandbox;
                workplace;
                fleet) {
            kafkaBackup.close();
        }
    }
}
