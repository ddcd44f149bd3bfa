package io.segue.e2e.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Two hosts in one: network namespaces, joined by a cable of their own that can be cut, and each by another one to this
 * machine, where the brokers and the object store are. A cut is silent, as a broken switch is: packets vanish.
 */
final class TwoHosts implements AutoCloseable {
    private static final String NOBODY = "02:00:00:00:00:01";

    private final String tag = Long.toString(ProcessHandle.current().pid() % 100_000);

    /** One of the two. */
    enum Host {
        A("10.77.1.1", "10.77.1.2", "10.77.3.1"),
        B("10.77.2.1", "10.77.2.2", "10.77.3.2");

        private final String machine;
        private final String address;
        private final String cluster;

        Host(String machine, String address, String cluster) {
            this.machine = machine;
            this.address = address;
            this.cluster = cluster;
        }

        /** This machine, as the host sees it. */
        String machine() {
            return machine;
        }

        /** The host, as this machine sees it. */
        String address() {
            return address;
        }

        /** The host, as the other one sees it. */
        String cluster() {
            return cluster;
        }
    }

    /** True where this process may make network namespaces. */
    static boolean possible() {
        return System.getProperty("user.name", "").equals("root")
                && Stream.of("/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip")
                        .anyMatch(path -> new java.io.File(path).canExecute());
    }

    TwoHosts() {
        try {
            for (Host host : Host.values()) {
                ip("netns", "add", name(host));
                ip("link", "add", outer(host), "type", "veth", "peer", "name", inner(host), "netns", name(host));
                ip("addr", "add", host.machine() + "/30", "dev", outer(host));
                ip("link", "set", outer(host), "up");
                inside(host, "addr", "add", host.address() + "/30", "dev", inner(host));
                inside(host, "link", "set", inner(host), "up");
                inside(host, "link", "set", "lo", "up");
            }
            inside(
                    Host.A,
                    "link",
                    "add",
                    cable(Host.A),
                    "type",
                    "veth",
                    "peer",
                    "name",
                    cable(Host.B),
                    "netns",
                    name(Host.B));
            for (Host host : Host.values()) {
                inside(host, "addr", "add", host.cluster() + "/30", "dev", cable(host));
                inside(host, "link", "set", cable(host), "up");
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What runs a command on a host: put it before the command. */
    List<String> on(Host host) {
        return List.of("ip", "netns", "exec", name(host));
    }

    void cut() {
        inside(
                Host.A,
                "neigh",
                "replace",
                Host.B.cluster(),
                "lladdr",
                NOBODY,
                "dev",
                cable(Host.A),
                "nud",
                "permanent");
        inside(
                Host.B,
                "neigh",
                "replace",
                Host.A.cluster(),
                "lladdr",
                NOBODY,
                "dev",
                cable(Host.B),
                "nud",
                "permanent");
    }

    void heal() {
        inside(Host.A, "neigh", "del", Host.B.cluster(), "dev", cable(Host.A));
        inside(Host.B, "neigh", "del", Host.A.cluster(), "dev", cable(Host.B));
    }

    @Override
    public void close() {
        for (Host host : Host.values()) {
            try {
                // its ends of the cables go with it
                ip("netns", "del", name(host));
            } catch (IllegalStateException neverMade) {
                // it may have failed half-way
            }
        }
    }

    private String name(Host host) {
        return "segue-" + tag + host;
    }

    private String outer(Host host) {
        return "sgo" + tag + host;
    }

    private String inner(Host host) {
        return "sgi" + tag + host;
    }

    private String cable(Host host) {
        return "sgc" + tag + host;
    }

    private void inside(Host host, String... arguments) {
        List<String> command = new ArrayList<>(on(host));
        command.add("ip");
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + printed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
