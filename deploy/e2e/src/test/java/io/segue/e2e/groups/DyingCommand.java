package io.segue.e2e.groups;

import io.segue.cli.ClusterOpener;
import io.segue.cli.KafkaBackupMain;
import io.segue.cli.Shell;
import io.segue.coordinator.groups.HeaderScans;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** {@code kafka-backup} as a process that dies, as by SIGKILL, at the n-th call of one kind to the cluster. */
final class DyingCommand {
    static final int KILLED = 137;
    private static final long PATIENCE_SECONDS = 120;

    private DyingCommand() {}

    /** Arguments: method of the cluster, which call of it, {@code before} or {@code after} it, then the command line. */
    public static void main(String[] args) {
        Death death = new Death(args[0], new AtomicInteger(Integer.parseInt(args[1])), args[2].equals("before"));
        String[] command = List.of(args).subList(3, args.length).toArray(String[]::new);
        System.exit(KafkaBackupMain.run(
                new Shell(
                        System.getenv(),
                        System.out,
                        System.err,
                        Optional.empty(),
                        Path.of(System.getProperty("java.io.tmpdir")),
                        System::nanoTime,
                        death),
                command));
    }

    private record Death(String method, AtomicInteger left, boolean before) implements ClusterOpener {
        @Override
        public <T> T with(KafkaConnection connection, Function<KafkaCluster, T> work) {
            return ClusterOpener.real().with(connection, cluster -> work.apply(mortal(cluster)));
        }

        @Override
        public HeaderScans headers(KafkaConnection connection) {
            return ClusterOpener.real().headers(connection);
        }

        /** Whoever comes while the process is dying waits until it is dead. */
        private boolean last() {
            synchronized (left) {
                boolean last = left.decrementAndGet() == 0;
                if (last && before) {
                    Runtime.getRuntime().halt(KILLED);
                }
                return last;
            }
        }

        private KafkaCluster mortal(KafkaCluster cluster) {
            return (KafkaCluster) Proxy.newProxyInstance(
                    KafkaCluster.class.getClassLoader(), new Class<?>[] {KafkaCluster.class}, (proxy, called, args) -> {
                        boolean last = called.getName().equals(method) && last();
                        try {
                            return called.invoke(cluster, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        } finally {
                            if (last) {
                                Runtime.getRuntime().halt(KILLED);
                            }
                        }
                    });
        }
    }

    /** Runs a command that has to die there. */
    static void dies(Path home, String method, int call, String when, String... command)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DyingCommand.class.getName(),
                method,
                Integer.toString(call),
                when));
        line.addAll(List.of(command));
        Path said = home.resolve("said.txt");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(Map.of("SEGUE_HOME", home.toString()));
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not die\n" + Files.readString(said));
        }
        if (process.exitValue() != KILLED) {
            throw new AssertionError("exit " + process.exitValue() + "\n" + Files.readString(said));
        }
    }
}
