package io.segue.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What the process was started in.
 *
 * @param out for results only
 * @param err for everything else
 * @param terminalWidth columns of the terminal behind {@code err}; empty if there is none
 * @param temporary an existing directory for files that the command removes again
 * @param nanoTime a monotonic clock, as {@link System#nanoTime}
 * @param clusters how Kafka clusters are reached
 */
public record Shell(
        Map<String, String> environment,
        PrintStream out,
        PrintStream err,
        Optional<Integer> terminalWidth,
        Path temporary,
        LongSupplier nanoTime,
        ClusterOpener clusters) {
    public Shell {
        environment = Map.copyOf(environment);
    }

    /** With real clusters. */
    public Shell(
            Map<String, String> environment,
            PrintStream out,
            PrintStream err,
            Optional<Integer> terminalWidth,
            Path temporary,
            LongSupplier nanoTime) {
        this(environment, out, err, terminalWidth, temporary, nanoTime, ClusterOpener.real());
    }
}
