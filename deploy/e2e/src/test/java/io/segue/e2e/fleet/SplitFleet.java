package io.segue.e2e.fleet;

import io.segue.e2e.CommandLine;
import io.segue.e2e.fleet.TwoHosts.Host;
import io.segue.sandbox.S3Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A coordinator and a worker on each of two hosts. */
final class SplitFleet implements AutoCloseable {
    private static final int CLUSTER_PORT = 5701;
    private static final int HTTP_PORT = 8700;

    private final TwoHosts hosts;
    private final Path directory;
    private final List<Integer> relayed;
    private final List<Relay> relays = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();

    /** @param relayed ports of brokers and object store, on this machine's loopback */
    SplitFleet(TwoHosts hosts, Path directory, List<Integer> relayed) {
        this.hosts = hosts;
        this.directory = directory;
        this.relayed = relayed;
    }

    String coordinators() {
        return "http://" + Host.A.address() + ":" + HTTP_PORT + ",http://" + Host.B.address() + ":" + HTTP_PORT;
    }

    /** Starts everything; the command that follows waits until it is there. */
    void up(String state) throws IOException {
        for (Host host : Host.values()) {
            relays.add(Relay.start(host.machine(), "127.0.0.1", relayed));
            List<String> relay = new ArrayList<>(List.of(
                    java(), "-Xmx64m", "-cp", Relay.location(), Relay.class.getName(), "127.0.0.1", host.machine()));
            relayed.forEach(port -> relay.add(Integer.toString(port)));
            start(host, "relay", relay);
            start(host, "coordinator", member("io.segue.coordinator.CoordinatorMain", host, "coordinator", state));
            start(host, "worker", member("io.segue.worker.WorkerMain", host, "worker", state));
        }
    }

    private List<String> member(String main, Host host, String kind, String state) throws IOException {
        boolean coordinator = kind.equals("coordinator");
        String name = kind + "-" + host.name().toLowerCase(Locale.ROOT);
        String of = coordinator
                ? "coordinator:\n  id: %s\n  api: {host: %s, port: %d}\n".formatted(name, host.address(), HTTP_PORT)
                : "worker:\n  id: %s\n  slots: 2\n  http: {host: 127.0.0.1, port: %d}\n  spool: \"%s\"\n"
                        .formatted(name, HTTP_PORT + 1, directory.resolve(name + ".spool"));
        S3Endpoint s3 = SharedFleet.sandbox().s3();
        Path config = Files.writeString(directory.resolve(name + ".yaml"), """
                state: {backend: s3, bucket: %s, prefix: %s, endpoint: "%s", region: %s, allow_http: true}
                cluster:
                  name: split
                  host: %s
                  port: %d
                  members: ["10.77.3.1:5701", "10.77.3.1:5711", "10.77.3.2:5701", "10.77.3.2:5711"]
                %s""".formatted(
                        s3.bucket(),
                        state,
                        s3.endpoint(),
                        s3.region(),
                        host.cluster(),
                        coordinator ? CLUSTER_PORT : CLUSTER_PORT + 10,
                        of));
        Path cli = CommandLine.repository().resolve("deploy/cli/target");
        return List.of(
                java(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=segue/fleet-logback.xml",
                "-cp",
                cli.resolve("lib") + "/*:" + cli + "/*",
                main,
                "--config",
                config.toString());
    }

    private void start(Host host, String name, List<String> command) throws IOException {
        List<String> line = new ArrayList<>(hosts.on(host));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(host + "-" + name + ".log").toFile());
        S3Endpoint s3 = SharedFleet.sandbox().s3();
        builder.environment().put("AWS_ACCESS_KEY_ID", s3.accessKeyId());
        builder.environment().put("AWS_SECRET_ACCESS_KEY", s3.secretAccessKey());
        processes.add(builder.start());
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Override
    public void close() throws IOException {
        for (Relay relay : relays) {
            relay.close();
        }
        processes.forEach(Process::destroyForcibly);
        for (Process process : processes) {
            process.onExit().join();
        }
    }
}
