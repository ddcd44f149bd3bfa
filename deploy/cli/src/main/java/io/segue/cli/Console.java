package io.segue.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.segue.cli.GlobalOptions.Format;
import io.segue.cli.client.Coordinators;
import io.segue.cli.progress.ProgressReporter;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Where a command writes to: results to stdout, as text or as one JSON document; everything else to stderr. */
public final class Console {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

    private final Shell shell;
    private final GlobalOptions options;

    public Console(Shell shell, GlobalOptions options) {
        this.shell = shell;
        this.options = options;
    }

    public Map<String, String> environment() {
        return shell.environment();
    }

    /**
     * The coordinators of the fleet that jobs go to; empty: this process does the work.
     *
     * @throws IllegalArgumentException if what names them is wrong
     */
    public Optional<Coordinators> coordinators() {
        return options.coordinator()
                .or(() -> Optional.ofNullable(environment().get(Coordinators.VARIABLE)))
                .filter(text -> !text.isBlank())
                .map(Coordinators::parse);
    }

    /** An existing directory for files that the command removes again. */
    public Path temporary() {
        return shell.temporary();
    }

    public ClusterOpener clusters() {
        return shell.clusters();
    }

    /** True if the result is to be one JSON document. */
    public boolean json() {
        return options.output() == Format.JSON;
    }

    /** The file that {@code --output} names, for a command that {@link WritesFile}. */
    public Optional<Path> outputFile() {
        return options.outputFile();
    }

    /** For results that are written piece by piece. */
    public PrintStream out() {
        return shell.out();
    }

    /** Writes text of the result. What stores and archives name is data: no control character of it reaches a terminal. */
    public void result(String text) {
        shell.out().println(CONTROL.matcher(text).replaceAll("?"));
        shell.out().flush();
    }

    /** Writes the result as a JSON document. */
    public void result(JsonNode document) {
        try {
            result(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }

    /** Writes the result in the form that was asked for. */
    public void resultOf(JsonNode document, Supplier<String> text) {
        if (json()) {
            result(document);
        } else {
            result(text.get());
        }
    }

    /** Tells the user something that is not the result. */
    public void note(String text) {
        shell.err().println(CONTROL.matcher(text).replaceAll("?"));
        shell.err().flush();
    }

    /** Shows how far a command is; silent where the result is JSON. */
    public ProgressReporter progress() {
        return json()
                ? ProgressReporter.silent()
                : ProgressReporter.to(shell.err(), shell.terminalWidth(), shell.nanoTime());
    }
}
