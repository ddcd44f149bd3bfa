package io.segue.e2e.fleet;

import io.segue.e2e.CommandLine;
import io.segue.sandbox.S3Endpoint;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.process.SharedSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One fleet that the tests of a JVM share: two coordinators, three workers, their state on the sandbox's S3. Whoever uses
 * it leaves every process running.
 */
final class SharedFleet {
    private static @Nullable SharedFleet shared;

    private final Path home;
    private final Fleet fleet;

    private SharedFleet(Path home, Fleet fleet) {
        this.home = home;
        this.fleet = fleet;
    }

    static synchronized SharedFleet get() {
        SharedFleet there = shared;
        if (there == null) {
            there = start();
            shared = there;
        }
        return there;
    }

    private static SharedFleet start() {
        try {
            Path home = Files.createTempDirectory("segue-fleet-");
            SharedFleet started = new SharedFleet(home, of(home, new Fleet.Size(2, 3, 3)));
            started.fleet.up(state(sandbox().s3(), "fleet-state"));
            Runtime.getRuntime().addShutdownHook(new Thread(started.fleet::down, "fleet-exit"));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for the fleet", e);
        }
    }

    /** A fleet that is not up yet, for a test that wants one of its own. */
    static Fleet of(Path home, Fleet.Size size) {
        S3Endpoint s3 = sandbox().s3();
        return new Fleet(
                CommandLine.repository().resolve("deploy/fleet"),
                home,
                Map.of(
                        "AWS_ACCESS_KEY_ID", s3.accessKeyId(),
                        "AWS_SECRET_ACCESS_KEY", s3.secretAccessKey(),
                        "JAVA_OPTS", "-XX:TieredStopAtLevel=1"),
                size);
    }

    static String state(S3Endpoint s3, String prefix) {
        return "s3://" + s3.bucket() + "/" + prefix + "?endpoint=" + s3.endpoint() + "&path_style=true&region="
                + s3.region();
    }

    /** Three brokers on the target. */
    static Sandbox sandbox() {
        return SharedSandbox.three();
    }

    static String bootstrap() {
        return sandbox().target().orElseThrow().bootstrapServers();
    }

    Fleet fleet() {
        return fleet;
    }

    /** A log of one of its processes, for messages of failed tests. */
    Path log(String name) {
        return home.resolve(name + ".log");
    }

    /** The command, pointed at the coordinators. */
    CommandLine commands(Path directory) {
        S3Endpoint s3 = sandbox().s3();
        return new CommandLine(directory)
                .with("KAFKA_BACKUP_COORDINATOR", fleet.coordinators())
                .with("AWS_ACCESS_KEY_ID", s3.accessKeyId())
                .with("AWS_SECRET_ACCESS_KEY", s3.secretAccessKey());
    }
}
