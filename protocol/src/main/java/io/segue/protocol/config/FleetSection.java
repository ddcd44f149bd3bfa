package io.segue.protocol.config;

import io.segue.protocol.config.FleetConfig.HostPort;
import io.segue.protocol.config.yaml.Key;
import io.segue.protocol.config.yaml.Section;
import io.segue.protocol.config.yaml.Types;
import io.segue.protocol.config.yaml.ValueType;
import io.segue.protocol.config.yaml.ValueType.Complaint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The file of a process of a fleet. */
final class FleetSection {
    private static final String ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
    private static final int MAX_PORT = 65_535;
    private static final int MAX_SLOTS = 1_000;

    static final Key<String> NAME = Key.of(
                    "name", id(), "Name of the cluster: processes of another name are not let in.")
            .or("segue");
    static final Key<List<HostPort>> MEMBERS = Key.of(
                    "members",
                    Types.listOf(hostPort()).unless(FleetSection::empty),
                    "Every coordinator and worker that there may be, as `host:port`. Nobody is looked for elsewhere.")
            .required();
    static final Key<String> HOST = Key.of(
                    "host",
                    listening(),
                    "Name or address of the interface for members and event bus: private or loopback, as Hazelcast has"
                            + " neither passwords nor TLS.")
            .required();
    static final Key<Integer> PORT = Key.of("port", Types.smallInteger(1, MAX_PORT), "Port of the member.")
            .or(5701);
    static final Key<Integer> BUS_PORT = Key.of(
                    "event_bus_port", Types.smallInteger(0, MAX_PORT), "Port of the event bus; 0: any free one.")
            .or(0);
    static final Section<FleetConfig.Cluster> CLUSTER = Section.of(
            List.of(NAME, MEMBERS, HOST, PORT, BUS_PORT),
            values -> new FleetConfig.Cluster(
                    values.get(NAME), values.get(MEMBERS), values.get(HOST), values.get(PORT), values.get(BUS_PORT)));

    static final Key<String> COORDINATOR_ID =
            Key.of("id", id(), "Name of the coordinator, unique in the fleet.").required();
    static final Key<HostPort> API = Key.of(
                    "api", Types.section(address(8700)), "Where the API is served; `host` may be any interface.")
            .or(address(8700).whenAbsent(), "127.0.0.1:8700");
    static final Section<FleetConfig.Coordinator> COORDINATOR = Section.of(
            List.of(COORDINATOR_ID, API),
            values -> new FleetConfig.Coordinator(values.get(COORDINATOR_ID), values.get(API)));

    static final Key<String> WORKER_ID =
            Key.of("id", id(), "Name of the worker, unique in the fleet.").required();
    static final Key<Integer> SLOTS = Key.of(
                    "slots", Types.smallInteger(1, MAX_SLOTS), "Tasks that it runs at most at a time.")
            .or(4);
    static final Key<HostPort> HTTP = Key.of(
                    "http", Types.section(address(8701)), "Where health and metrics are served.")
            .or(address(8701).whenAbsent(), "127.0.0.1:8701");
    static final Key<Path> SPOOL = Key.of(
                    "spool", Types.path(), "Local directory for segments on their way; it holds nothing that matters.")
            .or(Path.of(System.getProperty("java.io.tmpdir"), "segue-spool"), "segue-spool in the temporary directory");
    static final Section<FleetConfig.Worker> WORKER = Section.of(
            List.of(WORKER_ID, SLOTS, HTTP, SPOOL),
            values -> new FleetConfig.Worker(
                    values.get(WORKER_ID), values.get(SLOTS), values.get(HTTP), values.get(SPOOL)));

    static final Key<StorageConfig> STATE = Key.of(
                    "state",
                    StorageSection.type(),
                    "Where the durable state of all jobs is: the same for every process of the fleet.")
            .required();
    static final Key<FleetConfig.Cluster> CLUSTER_KEY = Key.of(
                    "cluster", Types.section(CLUSTER), "Which cluster the process joins, and where it listens.")
            .required();
    static final Key<FleetConfig.Coordinator> COORDINATOR_KEY =
            Key.of("coordinator", Types.section(COORDINATOR), "Required for a coordinator.");
    static final Key<FleetConfig.Worker> WORKER_KEY = Key.of("worker", Types.section(WORKER), "Required for a worker.");

    private FleetSection() {}

    /** @param own section of the process that reads the file */
    static Section<FleetConfig> section(Key<?> own) {
        return new Section<>(
                List.of(STATE, CLUSTER_KEY, COORDINATOR_KEY, WORKER_KEY),
                values -> {
                    if (!values.written(own)) {
                        values.error(
                                own, "is required by this process and missing", "add " + own.name() + ": with an id");
                    }
                },
                values -> new FleetConfig(
                        values.get(STATE),
                        values.get(CLUSTER_KEY),
                        values.find(COORDINATOR_KEY),
                        values.find(WORKER_KEY)));
    }

    static Section<HostPort> address(int port) {
        Key<String> host = Key.of("host", Types.text(), "Name or address of the interface.")
                .or("127.0.0.1");
        Key<Integer> number = Key.of("port", Types.smallInteger(0, MAX_PORT), "The port; 0: any free one.")
                .or(port);
        return Section.of(List.of(host, number), values -> new HostPort(values.get(host), values.get(number)));
    }

    private static ValueType<String> id() {
        return Types.text()
                .unless(text -> text.matches(ID)
                        ? Optional.empty()
                        : Optional.of(new Complaint(
                                "is not a usable name", "use up to 63 letters, digits, '.', '_' and '-'")));
    }

    private static ValueType<String> listening() {
        return Types.text()
                .unless(host -> PrivateAddress.complaint(host)
                        .map(why -> new Complaint(
                                "\"" + host + "\" " + why,
                                "write a private address of this machine, such as 10.0.0.5, or 127.0.0.1")));
    }

    private static Optional<Complaint> empty(List<HostPort> members) {
        return members.isEmpty()
                ? Optional.of(new Complaint("names nobody", "write host:port of every coordinator and worker"))
                : Optional.empty();
    }

    /** {@code host:port}, with brackets around an address that has colons. */
    private static ValueType<HostPort> hostPort() {
        return Types.text()
                .unless(text -> parse(text).isPresent()
                        ? Optional.empty()
                        : Optional.of(new Complaint(
                                "\"" + text + "\" is not host:port", "write it like 10.0.0.5:5701 or [fd00::5]:5701")))
                .map(text -> parse(text).orElseThrow())
                .described("host:port");
    }

    private static Optional<HostPort> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[1-9][0-9]{0,4}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        boolean good = port <= MAX_PORT && !bare.isBlank() && bare.contains(":") == bracketed && !bare.contains("/");
        return good ? Optional.of(new HostPort(bare, port)) : Optional.empty();
    }
}
