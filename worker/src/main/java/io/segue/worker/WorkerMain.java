package io.segue.worker;

import io.segue.protocol.cluster.ClusterNode;
import io.segue.protocol.config.FleetConfig;
import io.segue.protocol.config.FleetConfigLoader;
import io.segue.protocol.config.FleetConfigLoader.Result;
import io.segue.protocol.process.StopSignals;
import io.segue.protocol.process.TemporaryDirectory;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker of a fleet, {@code --config fleet.yaml}: joins the cluster, takes orders of its leader, and runs until SIGTERM,
 * at which it hands over what runs and leaves; a second signal ends it at once.
 *
 * <p>In this module: {@code agent} takes orders and shows the worker, {@code task} runs attempts from order to end,
 * {@code lease} says whether an attempt may go on, {@code jobs} holds what tasks of a job share, {@code restore} and
 * {@code append} write each record exactly once, {@code backup} reads a source, {@code http} serves health and metrics.
 */
public final class WorkerMain {
    /** Exit codes, as everywhere in Segue. */
    static final int DONE = 0;

    static final int FAILED = 1;
    static final int USAGE = 2;
    /** Something was not handed over; its lease will run out. */
    static final int INTERRUPTED = 4;

    private static final Logger LOG = LoggerFactory.getLogger(WorkerMain.class);

    private WorkerMain() {}

    public static void main(String[] arguments) {
        int code;
        try (TemporaryDirectory unused = TemporaryDirectory.ofThisProcess()) {
            code = run(arguments, System.getenv());
        } catch (UncheckedIOException e) {
            System.err.println("Error: " + e.getMessage());
            code = FAILED;
        }
        Runtime.getRuntime().halt(code);
    }

    private static int run(String[] arguments, Map<String, String> environment) {
        Optional<FleetConfig> config = config(arguments, environment);
        if (config.isEmpty()) {
            return USAGE;
        }
        CountDownLatch stop = new CountDownLatch(1);
        StopSignals.handle(stop::countDown, () -> Runtime.getRuntime().halt(INTERRUPTED));
        try (ClusterNode node = ClusterNode.join(config.get().cluster());
                WorkerProcess process = WorkerProcess.start(
                        node.vertx(),
                        config.get().worker().orElseThrow(),
                        new Stores(environment).open(config.get().state()),
                        environment)) {
            stop.await();
            return process.drain() ? DONE : INTERRUPTED;
        } catch (ClusterNode.NotJoinedException | StoreException | IllegalStateException | UncheckedIOException e) {
            LOG.error("the worker could not start: {}", e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        }
    }

    private static Optional<FleetConfig> config(String[] arguments, Map<String, String> environment) {
        if (arguments.length != 2 || !arguments[0].equals("--config")) {
            System.err.println("usage: io.segue.worker.WorkerMain --config FILE");
            return Optional.empty();
        }
        String file = arguments[1];
        try {
            Result result = new FleetConfigLoader(environment).worker(file, Files.readString(Path.of(file)));
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
