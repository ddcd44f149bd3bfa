package io.segue.protocol.config.yaml;

import java.util.Comparator;
import java.util.Optional;

/**
 * Something about a file that its author should know.
 *
 * @param key dotted path of the key, with list positions as {@code [0]}; empty for the file as a whole
 * @param suggestion what to write instead
 * @param excerpt the line of the file, with everything that may be a secret replaced
 */
public record Problem(
        Severity severity,
        Position position,
        String key,
        String message,
        Optional<String> suggestion,
        Optional<String> excerpt) {
    /** In the order of the file. */
    public static final Comparator<Problem> BY_POSITION = Comparator.comparingInt(
                    (Problem problem) -> problem.position().line())
            .thenComparingInt(problem -> problem.position().column());

    /** Whether the file can be used. */
    public enum Severity {
        /** It cannot. */
        ERROR,
        /** It can, but something in it does not do what its author may expect. */
        WARNING
    }

    /** A place in a file; line and column count from 1. */
    public record Position(String file, int line, int column) {
        @Override
        public String toString() {
            return file + ":" + line + ":" + column;
        }
    }

    /** One line: place, severity, key, message, suggestion. */
    @Override
    public String toString() {
        return position
                + ": "
                + (severity == Severity.ERROR ? "error: " : "warning: ")
                + (key.isEmpty() ? "" : key + ": ")
                + message
                + suggestion.map(text -> "; " + text).orElse("");
    }
}
