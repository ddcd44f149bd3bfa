package io.segue.coordinator;

import io.segue.protocol.cluster.ClusterNode;
import io.segue.protocol.config.FleetConfig;
import io.segue.protocol.config.FleetConfigLoader;
import io.segue.protocol.config.FleetConfigLoader.Result;
import io.segue.protocol.process.StopSignals;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A coordinator of a fleet, {@code --config fleet.yaml}: joins the cluster, answers the API, and leads or stands by until
 * SIGTERM, at which it steps down and leaves; a second signal ends it at once.
 *
 * <p>In this module: {@code lead} decides who leads, {@code jobs} takes submissions and commands and brings jobs on,
 * {@code api} offers them over HTTP, {@code fleet} and {@code dispatch} know the workers and give them tasks. A restore is
 * planned in {@code plan} and run in {@code restore}, with {@code topics}, {@code audit} and {@code groups} as its phases.
 */
public final class CoordinatorMain {
    /** Exit codes, as everywhere in Segue. */
    static final int DONE = 0;

    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int INTERRUPTED = 4;

    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorMain.class);

    private CoordinatorMain() {}

    public static void main(String[] arguments) {
        Runtime.getRuntime().halt(run(arguments, System.getenv()));
    }

    private static int run(String[] arguments, Map<String, String> environment) {
        Optional<FleetConfig> config = config(arguments, environment);
        if (config.isEmpty()) {
            return USAGE;
        }
        CountDownLatch stop = new CountDownLatch(1);
        StopSignals.handle(stop::countDown, () -> Runtime.getRuntime().halt(INTERRUPTED));
        try (ClusterNode node = ClusterNode.join(config.get().cluster());
                CoordinatorProcess process = CoordinatorProcess.start(
                        node,
                        config.get().coordinator().orElseThrow(),
                        new Stores(environment).open(config.get().state()),
                        environment)) {
            stop.await();
            LOG.info("event=stopping coordinator={}", process.id());
            return DONE;
        } catch (ClusterNode.NotJoinedException | StoreException | IllegalStateException e) {
            LOG.error("the coordinator could not start: {}", e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        }
    }

    private static Optional<FleetConfig> config(String[] arguments, Map<String, String> environment) {
        if (arguments.length != 2 || !arguments[0].equals("--config")) {
            System.err.println("usage: io.segue.coordinator.CoordinatorMain --config FILE");
            return Optional.empty();
        }
        String file = arguments[1];
        try {
            Result result = new FleetConfigLoader(environment).coordinator(file, Files.readString(Path.of(file)));
            if (result instanceof Result.Loaded loaded) {
                loaded.warnings().forEach(System.err::println);
                return Optional.of(loaded.config());
            }
            ((Result.Refused) result).problems().forEach(System.err::println);
        } catch (IOException e) {
            System.err.println("Error: " + file + " cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }
}
