package io.segue.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A shell whose streams are memory and whose clock stands still until it is moved. */
public final class TestingShell {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();
    private final Path temporary;
    private final Map<String, String> environment = new HashMap<>();

    private final ClusterOpener clusters;

    /** With files below {@code java.io.tmpdir}. */
    public TestingShell() {
        this(Path.of(System.getProperty("java.io.tmpdir")));
    }

    public TestingShell(Path temporary) {
        this(temporary, ClusterOpener.real());
    }

    /** With clusters of the test's own. */
    public TestingShell(ClusterOpener clusters) {
        this(Path.of(System.getProperty("java.io.tmpdir")), clusters);
    }

    private TestingShell(Path temporary, ClusterOpener clusters) {
        this.temporary = temporary;
        this.clusters = clusters;
    }

    public TestingShell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Runs a command line; what earlier ones wrote is forgotten. */
    public int run(String... args) {
        out.reset();
        err.reset();
        return KafkaBackupMain.run(shell(Optional.empty()), args);
    }

    public Shell shell(Optional<Integer> terminalWidth) {
        return new Shell(
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminalWidth,
                temporary,
                nanos::get,
                clusters);
    }

    public void passMillis(long millis) {
        nanos.addAndGet(millis * 1_000_000);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
