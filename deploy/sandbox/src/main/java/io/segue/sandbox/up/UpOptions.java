package io.segue.sandbox.up;

import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.KafkaRelease;
import io.segue.sandbox.SandboxOptions;
import io.segue.sandbox.Tuning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The command line of {@code up}. */
record UpOptions(SandboxOptions sandbox, Optional<Path> envFile) {
    static final String USAGE = """
            usage: deploy/sandbox/up [options]

            Starts Kafka brokers and an S3 server as local processes, and ends them on Ctrl-C.

              --env-file FILE      write the addresses to FILE once all is ready; removed at the end
              --brokers N          brokers of each cluster, 1 to 5 (default 1)
              --source-brokers N   brokers of the source cluster
              --target-brokers N   brokers of the target cluster; 0: no target cluster
              --oldest             brokers of Kafka 3.9, the oldest release that is supported
              --throughput         slower to start, faster when warm: for measurements
              --base-dir DIR       keep the data below DIR (default: in memory where there is room)
              --help               show this
            """;

    /** A command line that makes no sense. The message says which part and why. */
    static final class Bad extends Exception {
        private static final long serialVersionUID = 1L;

        Bad(String message) {
            super(message);
        }
    }

    static UpOptions parse(List<String> args) throws Bad {
        SandboxOptions sandbox = SandboxOptions.defaults();
        Optional<Path> envFile = Optional.empty();
        boolean oldest = false;
        Deque<String> rest = new ArrayDeque<>(args);
        while (!rest.isEmpty()) {
            String flag = rest.remove();
            switch (flag) {
                case "--oldest" -> oldest = true;
                case "--throughput" -> sandbox = sandbox.tuned(Tuning.THROUGHPUT);
                case "--env-file" -> envFile = Optional.of(file(flag, rest));
                case "--base-dir" -> sandbox = sandbox.in(Path.of(value(flag, rest)));
                case "--source-brokers" -> sandbox = sandbox.withSource(cluster(flag, rest));
                case "--target-brokers" -> sandbox = withTarget(sandbox, flag, rest);
                case "--brokers" -> {
                    ClusterOptions cluster = cluster(flag, rest);
                    sandbox = sandbox.withSource(cluster).withTarget(cluster);
                }
                default -> throw new Bad("unknown option " + flag);
            }
        }
        return new UpOptions(oldest ? sandbox.of(KafkaRelease.OLDEST) : sandbox, envFile);
    }

    /** Found now, not after the minute that a sandbox takes to start. */
    private static Path file(String flag, Deque<String> rest) throws Bad {
        Path file = Path.of(value(flag, rest)).toAbsolutePath();
        Path parent = file.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new Bad(flag + " " + file + ": there is no directory " + parent + "; make it, or name another file");
        }
        if (Files.isDirectory(file)) {
            throw new Bad(flag + " " + file + " is a directory; name a file in it");
        }
        return file;
    }

    private static SandboxOptions withTarget(SandboxOptions sandbox, String flag, Deque<String> rest) throws Bad {
        return "0".equals(rest.peek()) && rest.remove() != null
                ? sandbox.withoutTarget()
                : sandbox.withTarget(cluster(flag, rest));
    }

    private static ClusterOptions cluster(String flag, Deque<String> rest) throws Bad {
        String text = value(flag, rest);
        try {
            return ClusterOptions.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new Bad(flag + " takes a number, not " + text);
        } catch (IllegalArgumentException e) {
            throw new Bad(flag + ": " + e.getMessage());
        }
    }

    private static String value(String flag, Deque<String> rest) throws Bad {
        if (rest.isEmpty()) {
            throw new Bad(flag + " needs a value");
        }
        return rest.remove();
    }
}
