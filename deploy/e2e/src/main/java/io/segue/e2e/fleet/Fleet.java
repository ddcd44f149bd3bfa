package io.segue.e2e.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A fleet of this machine. It ends with {@link #close()}, and by itself soon after this JVM, however that ends. Every
 * method returns when its effect is there, and throws {@link IllegalStateException} with what the script said otherwise.
 */
public final class Fleet implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 150;

    private final Path script;
    private final Path home;
    private final Map<String, String> environment;
    private final Size size;

    /** How many of each, and how many attempts a worker runs at a time. */
    public record Size(int coordinators, int workers, int slots) {}

    /**
     * @param script {@code deploy/fleet}
     * @param home a directory for configurations, logs and process ids
     * @param environment of every process: what the configuration's {@code ${…}} stand for, {@code JAVA_OPTS}
     */
    public Fleet(Path script, Path home, Map<String, String> environment, Size size) {
        this.script = script;
        this.home = home;
        this.environment = Map.copyOf(environment);
        this.size = size;
    }

    /** @param state a directory, or {@code s3://bucket/prefix?endpoint=…} */
    public void up(String state) {
        run(
                "up",
                "--coordinators",
                Integer.toString(size.coordinators()),
                "--workers",
                Integer.toString(size.workers()),
                "--slots",
                Integer.toString(size.slots()),
                "--state",
                state,
                "--parent",
                Long.toString(ProcessHandle.current().pid()));
    }

    /** {@code coordinator-1 … worker-1 …}. */
    public List<String> names() {
        return Stream.concat(names("coordinator", size.coordinators()), names("worker", size.workers()))
                .toList();
    }

    private static Stream<String> names(String kind, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> kind + "-" + number);
    }

    /** Base URLs of the coordinators, comma-separated, as {@code KAFKA_BACKUP_COORDINATOR} takes them. */
    public String coordinators() {
        String line = run("env").strip();
        return line.substring(line.indexOf('=') + 1);
    }

    /** SIGKILL. */
    public void kill(String name) {
        run("kill", name);
    }

    /** SIGTERM, until it has ended. */
    public void stop(String name) {
        run("stop", name);
    }

    public void start(String name) {
        run("start", name);
    }

    /** SIGSTOP. */
    public void freeze(String name) {
        run("freeze", name);
    }

    /** SIGCONT. */
    public void wake(String name) {
        run("wake", name);
    }

    /** Ends every process in order; jobs go on when a fleet with the same state is up again. */
    public void down() {
        run("down");
    }

    /** Ends what runs, as {@link #down()}; a fleet that was never up has nothing to end. */
    @Override
    public void close() {
        if (Files.isDirectory(home)) {
            down();
        }
    }

    private String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("SEGUE_FLEET", home.toString());
        try {
            Path output = Files.createTempFile("fleet-", ".txt");
            try {
                Process process = builder.redirectOutput(output.toFile()).start();
                boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                String printed = Files.readString(output, StandardCharsets.UTF_8);
                if (!ended || process.exitValue() != 0) {
                    process.destroyForcibly();
                    throw new IllegalStateException(String.join(" ", command) + "\n" + printed);
                }
                return printed;
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(script + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(String.join(" ", command) + " was interrupted", e);
        }
    }
}
