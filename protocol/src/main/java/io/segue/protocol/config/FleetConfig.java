package io.segue.protocol.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The configuration file of one process of a fleet.
 *
 * @param state where the durable state of all jobs is: the same for every process
 * @param coordinator how it coordinates, if it is a coordinator
 * @param worker how it works, if it is a worker
 */
public record FleetConfig(
        StorageConfig state, Cluster cluster, Optional<Coordinator> coordinator, Optional<Worker> worker) {
    /**
     * Which cluster the process joins, and where it listens.
     *
     * @param members every member that there may be; this process is one of them or not
     * @param host name or address of a private or loopback interface of this machine, for members and event bus
     * @param port of the member
     * @param eventBusPort 0: any free one
     */
    public record Cluster(String name, List<HostPort> members, String host, int port, int eventBusPort) {
        public Cluster {
            members = List.copyOf(members);
        }
    }

    /**
     * A coordinator.
     *
     * @param id unique in the fleet
     */
    public record Coordinator(String id, HostPort api) {}

    /**
     * A worker.
     *
     * @param id unique in the fleet
     * @param slots tasks that it runs at most at a time
     * @param http where health and metrics are served
     * @param spool local directory for segments on their way
     */
    public record Worker(String id, int slots, HostPort http, Path spool) {}

    /** An address with a port, 0 to 65535. */
    public record HostPort(String host, int port) {
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }
}
