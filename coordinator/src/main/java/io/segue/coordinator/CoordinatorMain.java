package io.segue.coordinator;

import io.segue.protocol.cluster.ClusterNode;
import io.segue.protocol.config.FleetConfig;
import io.segue.protocol.config.FleetConfigLoader;
import io.segue.protocol.config.FleetConfigLoader.Result;
import io.segue.protocol.process.FleetProcess;
import io.segue.protocol.store.ObjectStore;
import java.util.Map;

/**
 * A coordinator of a fleet, {@code --config fleet.yaml}: joins the cluster, answers the API, and leads or stands by until
 * SIGTERM, at which it steps down and leaves; a second signal ends it at once.
 *
 * <p>In this module: {@code lead} decides who leads, {@code jobs} takes submissions and commands and brings jobs on,
 * {@code api} offers them over HTTP, {@code fleet} and {@code dispatch} know the workers and give them tasks. A restore is
 * planned in {@code plan} and run in {@code restore}, with {@code topics}, {@code audit} and {@code groups} as its phases.
 */
public final class CoordinatorMain {
    private CoordinatorMain() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        FleetProcess.run(CoordinatorMain.class, arguments, environment, new Coordinator(environment));
    }

    private record Coordinator(Map<String, String> environment) implements FleetProcess.Role {
        @Override
        public Result load(FleetConfigLoader loader, String file, String text) {
            return loader.coordinator(file, text);
        }

        @Override
        public FleetProcess.Part start(ClusterNode node, FleetConfig config, ObjectStore state)
                throws InterruptedException {
            return CoordinatorProcess.start(node, config.coordinator().orElseThrow(), state, environment);
        }
    }
}
