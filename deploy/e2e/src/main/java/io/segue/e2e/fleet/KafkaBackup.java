package io.segue.e2e.fleet;

import io.segue.e2e.proof.RunFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs the {@code kafka-backup} command, one process at a time. */
public final class KafkaBackup implements AutoCloseable {
    /** Ends with its second argument, a process, or ends that soon after the first. */
    private static final String TETHER = "while kill -0 \"$2\"; do kill -0 \"$1\" || kill -KILL \"$2\"; sleep 1; done";

    private static final long KILL_SECONDS = 10;
    private static final int TAIL = 25;

    private final Path script;
    private final Map<String, String> environment;
    private final Consumer<String> lines;
    private final List<Running> started = new ArrayList<>();
    private boolean closed;

    /** @param lines take what the processes print, line by line, from threads of their own */
    public KafkaBackup(Path script, Map<String, String> environment, Consumer<String> lines) {
        this.script = script;
        this.environment = new HashMap<>(environment);
        this.lines = lines;
    }

    /** Sends every later command to coordinators: their URLs, comma-separated. */
    public synchronized void sendTo(String coordinators) {
        environment.put("KAFKA_BACKUP_COORDINATOR", coordinators);
    }

    public synchronized Running start(String... arguments) {
        if (closed) {
            throw new RunFailure("this run is ending");
        }
        List<String> line = new ArrayList<>(List.of(script.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Running running = new Running(tethered(builder.start()), lines);
            started.add(running);
            return running;
        } catch (IOException e) {
            throw new RunFailure(script + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** A demo that is killed cannot end its commands: something beside it has to. */
    private static Process tethered(Process process) throws IOException {
        String demo = Long.toString(ProcessHandle.current().pid());
        new ProcessBuilder("sh", "-c", TETHER, "tether", demo, Long.toString(process.pid()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process;
    }

    /** Starts a command and waits for it. */
    public void run(String... arguments) throws InterruptedException {
        start(arguments).awaitSuccess();
    }

    /** Kills what still runs, and waits for its end: until then it may write to its directories. */
    @Override
    public synchronized void close() {
        closed = true;
        started.forEach(running -> running.process.destroyForcibly());
        for (Running running : started) {
            try {
                running.awaitDeath();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** One command that was started. */
    public static final class Running {
        private final Process process;
        private final Thread reader;
        private final List<String> printed = new ArrayList<>();

        private Running(Process process, Consumer<String> lines) {
            this.process = process;
            this.reader = new Thread(() -> read(lines), "kafka-backup-output");
            reader.setDaemon(true);
            reader.start();
        }

        public long pid() {
            return process.pid();
        }

        public boolean alive() {
            return process.isAlive();
        }

        /** SIGKILL. */
        public void kill() throws InterruptedException {
            process.destroyForcibly();
            awaitDeath();
            reader.join();
        }

        private void awaitDeath() throws InterruptedException {
            if (!process.waitFor(KILL_SECONDS, TimeUnit.SECONDS)) {
                throw new RunFailure("process " + pid() + " survived SIGKILL");
            }
        }

        /** The exit code, or empty if the time is over. */
        public Optional<Integer> awaitWithin(Duration time) throws InterruptedException {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS) ? Optional.of(await()) : Optional.empty();
        }

        /** The exit code. */
        public int await() throws InterruptedException {
            int status = process.waitFor();
            reader.join();
            return status;
        }

        public void awaitSuccess() throws InterruptedException {
            int status = await();
            if (status != 0) {
                throw new RunFailure("kafka-backup ended with exit code " + status);
            }
        }

        /** What the process has printed so far. */
        public List<String> printed() {
            synchronized (printed) {
                return List.copyOf(printed);
            }
        }

        /** The last of it. */
        public List<String> tail() {
            List<String> all = printed();
            return all.subList(Math.max(0, all.size() - TAIL), all.size());
        }

        private void read(Consumer<String> lines) {
            try (BufferedReader from =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = from.readLine(); line != null; line = from.readLine()) {
                    synchronized (printed) {
                        printed.add(line);
                    }
                    lines.accept(line);
                }
            } catch (IOException e) {
                lines.accept("(its output broke off: " + e.getMessage() + ")");
            }
        }
    }
}
