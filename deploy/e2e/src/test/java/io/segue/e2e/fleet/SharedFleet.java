package io.segue.e2e.fleet;

import io.segue.e2e.CommandLine;
import io.segue.protocol.config.Secret;
import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.Stores;
import io.segue.sandbox.S3Endpoint;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.process.SharedSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One fleet that the tests of a JVM share: two coordinators, three workers, their state on the sandbox's S3. Whoever uses
 * it leaves every process running.
 */
final class SharedFleet {
    static final String STATE = "fleet-state";

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
            started.fleet.up(state(sandbox().s3(), STATE));
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

    /** A store on the sandbox's S3, for the test's own eyes. */
    static ObjectStore store(String prefix) {
        S3Endpoint s3 = sandbox().s3();
        return new Stores(Map.of())
                .open(new StorageConfig.S3(
                        s3.bucket(),
                        Optional.of(s3.region()),
                        Optional.of(s3.endpoint().toString()),
                        Optional.of(new Secret(s3.accessKeyId())),
                        Optional.of(new Secret(s3.secretAccessKey())),
                        prefix,
                        true));
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
        return commands(fleet, directory);
    }

    static CommandLine commands(Fleet fleet, Path directory) {
        S3Endpoint s3 = sandbox().s3();
        return new CommandLine(directory)
                .with("KAFKA_BACKUP_COORDINATOR", fleet.coordinators())
                .with("AWS_ACCESS_KEY_ID", s3.accessKeyId())
                .with("AWS_SECRET_ACCESS_KEY", s3.secretAccessKey());
    }
}
