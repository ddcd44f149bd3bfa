package io.segue.protocol.process;

import io.segue.protocol.cluster.ClusterNode;
import io.segue.protocol.config.FleetConfig;
import io.segue.protocol.config.FleetConfigLoader;
import io.segue.protocol.config.FleetConfigLoader.Result;
import io.segue.protocol.store.ObjectStore;
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
 * The frame of a process of a fleet: reads {@code --config FILE}, joins the cluster, and runs until SIGTERM or SIGINT, at
 * which it leaves in good order; a second signal ends it at once.
 */
public final class FleetProcess {
    /** Exit codes, as everywhere in Segue. */
    private static final int DONE = 0;

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    /** Something was not handed over; its lease will run out. */
    private static final int INTERRUPTED = 4;

    private static final Logger LOG = LoggerFactory.getLogger(FleetProcess.class);

    private FleetProcess() {}

    /** What the process is in its fleet. */
    public interface Role {
        /** Its part of the configuration. */
        Result load(FleetConfigLoader loader, String file, String text);

        /**
         * Begins.
         *
         * @param state closed with the part
         * @throws IllegalStateException if it cannot, with the reason
         */
        Part start(ClusterNode node, FleetConfig config, ObjectStore state) throws InterruptedException;
    }

    /** The process at work. */
    public interface Part extends AutoCloseable {
        /** Hands over what runs; false if something was left behind. */
        boolean leave() throws InterruptedException;

        @Override
        void close();
    }

    /**
     * Runs to the end of the process; does not return.
     *
     * @param main class that is started, for the usage
     */
    public static void run(Class<?> main, String[] arguments, Map<String, String> environment, Role role) {
        Runtime.getRuntime().halt(TemporaryDirectory.during(() -> exitCode(main, arguments, environment, role)));
    }

    private static int exitCode(Class<?> main, String[] arguments, Map<String, String> environment, Role role) {
        if (arguments.length != 2 || !arguments[0].equals("--config")) {
            System.err.println("usage: " + main.getName() + " --config FILE");
            return USAGE;
        }
        Optional<FleetConfig> config = config(arguments[1], environment, role);
        if (config.isEmpty()) {
            return USAGE;
        }
        CountDownLatch stop = new CountDownLatch(1);
        StopSignals.handle(stop::countDown, () -> Runtime.getRuntime().halt(INTERRUPTED));
        try (ClusterNode node = ClusterNode.join(config.get().cluster());
                Part part = role.start(
                        node,
                        config.get(),
                        new Stores(environment).open(config.get().state()))) {
            stop.await();
            return part.leave() ? DONE : INTERRUPTED;
        } catch (ClusterNode.NotJoinedException | StoreException | IllegalStateException | UncheckedIOException e) {
            LOG.error("event=not-started {}", e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        }
    }

    private static Optional<FleetConfig> config(String file, Map<String, String> environment, Role role) {
        try {
            Result result = role.load(new FleetConfigLoader(environment), file, Files.readString(Path.of(file)));
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
