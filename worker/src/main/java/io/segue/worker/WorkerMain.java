package io.segue.worker;

import io.segue.protocol.cluster.ClusterNode;
import io.segue.protocol.config.FleetConfig;
import io.segue.protocol.config.FleetConfigLoader;
import io.segue.protocol.config.FleetConfigLoader.Result;
import io.segue.protocol.process.FleetProcess;
import io.segue.protocol.store.ObjectStore;
import java.util.Map;

/**
 * A worker of a fleet, {@code --config fleet.yaml}: joins the cluster, takes orders of its leader, and runs until SIGTERM,
 * at which it hands over what runs and leaves; a second signal ends it at once.
 *
 * <p>In this module: {@code agent} takes orders and shows the worker, {@code task} runs attempts from order to end,
 * {@code lease} says whether an attempt may go on, {@code jobs} holds what tasks of a job share, {@code restore} and
 * {@code append} write each record exactly once, {@code backup} reads a source, {@code http} serves health and metrics.
 */
public final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        FleetProcess.run(WorkerMain.class, arguments, environment, new Worker(environment));
    }

    private record Worker(Map<String, String> environment) implements FleetProcess.Role {
        @Override
        public Result load(FleetConfigLoader loader, String file, String text) {
            return loader.worker(file, text);
        }

        @Override
        public FleetProcess.Part start(ClusterNode node, FleetConfig config, ObjectStore state)
                throws InterruptedException {
            return WorkerProcess.start(node.vertx(), config.worker().orElseThrow(), state, environment);
        }
    }
}
