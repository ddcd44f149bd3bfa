package io.segue.sandbox.process;

import io.segue.sandbox.SandboxException;
import io.segue.sandbox.Tuning;
import io.segue.sandbox.server.Watched;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One JVM that runs a server, tied to this one: see {@link Tethered}. */
final class ChildProcess implements Watched {
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final int TAIL_LINES = 40;
    private static final int TAIL_BYTES = 16 * 1024;

    /** What to run. The log gets standard output and standard error, appended. */
    record Command(
            String name,
            Tuning tuning,
            List<String> jvmArgs,
            List<String> classPath,
            List<String> mainAndArgs,
            Path log) {
        private List<String> line() {
            List<String> line = new ArrayList<>();
            line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            line.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
            if (tuning == Tuning.QUICK_START) {
                line.add("-XX:TieredStopAtLevel=1");
            }
            // native libraries that it unpacks go with the sandbox's directory, whatever ends the process
            line.add("-Djava.io.tmpdir=" + log.toAbsolutePath().getParent());
            line.addAll(jvmArgs);
            String all = Tethered.location() + File.pathSeparator + String.join(File.pathSeparator, classPath);
            line.addAll(List.of("-cp", all, Tethered.class.getName()));
            line.addAll(mainAndArgs);
            return line;
        }
    }

    private final Command command;
    private final Process process;
    private @Nullable Suspension suspension;

    private ChildProcess(Command command, Process process) {
        this.command = command;
        this.process = process;
    }

    static ChildProcess start(Command command) {
        ProcessBuilder builder = new ProcessBuilder(command.line()).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
        // what the parent's environment says of Kafka or the JVM is not meant for the child
        builder.environment().keySet().removeIf(name -> name.startsWith("KAFKA_") || name.startsWith("JAVA_TOOL"));
        try {
            return new ChildProcess(command, builder.start());
        } catch (IOException e) {
            throw new SandboxException("cannot start " + command.name(), e);
        }
    }

    @Override
    public String name() {
        return command.name();
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Throws, with the end of the log, if the process has ended. */
    @Override
    public void requireAlive() {
        if (!alive()) {
            throw failure("ended with status " + process.exitValue());
        }
    }

    @Override
    public SandboxException failure(String what) {
        return new SandboxException(command.name() + " " + what + ". The end of its log:\n" + logTail(), null);
    }

    /** Asks the process to end in order; kills it and throws if it does not within {@code limit}. */
    void terminate(Duration limit) {
        process.destroy();
        if (!ended(limit)) {
            kill();
            throw failure("did not shut down within " + limit.toSeconds() + " s and was killed");
        }
    }

    /** SIGKILL; also ends a suspended process. */
    synchronized void kill() {
        process.destroyForcibly();
        if (!ended(KILL_LIMIT)) {
            throw new SandboxException(command.name() + ", pid " + process.pid() + ", survived SIGKILL", null);
        }
        if (suspension != null) {
            suspension.release();
            suspension = null;
        }
    }

    synchronized void suspend() {
        if (suspension != null) {
            throw new IllegalStateException(command.name() + " is suspended already");
        }
        requireAlive();
        suspension = Suspension.of(process.pid());
    }

    synchronized void resume() {
        if (suspension == null) {
            throw new IllegalStateException(command.name() + " is not suspended");
        }
        suspension.release();
        suspension = null;
    }

    private boolean ended(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private String logTail() {
        try (var file = Files.newByteChannel(command.log())) {
            file.position(Math.max(0, file.size() - TAIL_BYTES));
            var bytes = java.nio.ByteBuffer.allocate(TAIL_BYTES);
            while (bytes.hasRemaining() && file.read(bytes) >= 0) {
                // until the buffer is full or the log ends
            }
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            List<String> lines = text.lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(unreadable: " + e + ")";
        }
    }
}
