package io.segue.protocol.config.yaml;

import io.segue.protocol.config.yaml.Problem.Position;
import io.segue.protocol.config.yaml.Problem.Severity;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.reader.ReaderException;

/** One parsed file and the problems found in it so far. Not for use by several threads. */
public final class Document {
    private final String file;
    private final SourceText source;
    private final Map<String, String> environment;
    private final boolean stored;
    private final List<Problem> problems = new ArrayList<>();

    public Document(String file, String text, Map<String, String> environment) {
        this(file, text, environment, false);
    }

    /** @param stored the text will be kept where others read it: it may hold no secret */
    public Document(String file, String text, Map<String, String> environment, boolean stored) {
        this.file = file;
        this.source = new SourceText(text);
        this.environment = environment;
        this.stored = stored;
    }

    /** The root of the file's only YAML document; empty, with a problem, if there is no such thing. */
    public Optional<Node> parse() {
        if (source.usesReservedCharacters()) {
            wholeFile("the file holds one of the private-use characters U+E000 to U+E002");
            return Optional.empty();
        }
        try {
            Iterator<Node> documents = new Yaml(new LoaderOptions())
                    .composeAll(new StringReader(source.inert()))
                    .iterator();
            if (!documents.hasNext()) {
                wholeFile("the file is empty");
                return Optional.empty();
            }
            Node root = documents.next();
            if (documents.hasNext()) {
                error(documents.next(), "", "a second YAML document begins here; one file holds one", "remove ---");
            }
            Secrets.userInfo(root, this::userInfo);
            return Optional.of(root);
        } catch (MarkedYAMLException e) {
            notYaml(e);
        } catch (ReaderException e) {
            String character = String.format("U+%04X", e.getCodePoint());
            add(Severity.ERROR, at(e.getPosition()), "", "not valid YAML: the character " + character, "remove it");
        } catch (YAMLException e) {
            wholeFile("not valid YAML: " + SourceText.asWritten(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private void notYaml(MarkedYAMLException e) {
        Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        String problem = SourceText.asWritten(String.valueOf(e.getProblem()));
        if (problem.startsWith("found undefined alias")) {
            // Its name is not shown: it may be a password that begins with *
            problem = "found an alias of nothing; quote a value that begins with *";
        }
        String context = e.getContext() == null ? "" : " " + SourceText.asWritten(e.getContext());
        add(Severity.ERROR, positionOf(mark), "", "not valid YAML" + context + ": " + problem, null);
    }

    /**
     * The text of a scalar with its variables replaced; empty, with a problem for each, if one has no value.
     *
     * @param key for messages
     */
    Optional<String> text(ScalarNode node, String key) {
        String inert = node.getValue();
        int unterminated = inert.indexOf("${");
        if (unterminated >= 0) {
            error(
                    node,
                    key,
                    "\"${\" does not begin a variable here",
                    "write ${NAME} with letters, digits and _, and nothing else between the braces");
            return Optional.empty();
        }
        boolean complete = true;
        StringBuilder text = new StringBuilder();
        Matcher variables = SourceText.variables().matcher(inert);
        while (variables.find()) {
            @Nullable String value = environment.get(variables.group(1));
            if (value == null) {
                unset(node, key, variables.group(1));
                complete = false;
            }
            variables.appendReplacement(text, Matcher.quoteReplacement(value == null ? "" : value));
        }
        variables.appendTail(text);
        return complete ? Optional.of(text.toString()) : Optional.empty();
    }

    /** Reports a secret that is written out in a text that will be kept. */
    public void secret(Node node, String key) {
        if (stored && node instanceof ScalarNode scalar && Secrets.written(scalar, key)) {
            error(
                    node,
                    key,
                    "is a secret in plain text, and a submitted configuration is stored",
                    "write ${NAME} here, and set that variable for every coordinator and worker");
        }
    }

    /** Reports secrets that are written out anywhere below a node of a text that will be kept; names tell which they are. */
    public void secretsBelow(Node node, String key) {
        Secrets.below(node, key, this::secret);
    }

    private void userInfo(ScalarNode url, String key) {
        error(
                url,
                key,
                "is a URL with a user or a password in it, which logs and messages would show",
                "remove what stands before the @, and use the keys for credentials");
    }

    private void unset(Node node, String key, String name) {
        Position start = positionOf(node.getStartMark());
        int column = source.columnOf("${" + name + "}", start.line(), start.column());
        add(
                Severity.ERROR,
                new Position(file, start.line(), column),
                key,
                "the environment variable " + name + " is not set",
                "set it, or write the value here");
    }

    /** A scalar as its author wrote it, for messages: variables are shown, never their values. */
    static String asWritten(ScalarNode node) {
        return SourceText.asWritten(node.getValue());
    }

    /** Reports an error at a node; the suggestion may be null. */
    public void error(Node at, String key, String message, @Nullable String suggestion) {
        add(Severity.ERROR, positionOf(at.getStartMark()), key, message, suggestion);
    }

    /** Reports a warning at a node; the suggestion may be null. */
    public void warning(Node at, String key, String message, @Nullable String suggestion) {
        add(Severity.WARNING, positionOf(at.getStartMark()), key, message, suggestion);
    }

    /** @param index of a character, counted in code points */
    private Position at(int index) {
        String before = source.before(index);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Position(file, line, before.length() - before.lastIndexOf('\n'));
    }

    private void wholeFile(String message) {
        add(Severity.ERROR, new Position(file, 1, 1), "", message, null);
    }

    private void add(Severity severity, Position position, String key, String message, @Nullable String suggestion) {
        problems.add(new Problem(
                severity, position, key, message, Optional.ofNullable(suggestion), source.excerpt(position.line())));
    }

    private Position positionOf(Mark mark) {
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Everything found so far of one severity, in the order of the file. */
    public List<Problem> problems(Severity severity) {
        return problems.stream()
                .filter(problem -> problem.severity() == severity)
                .sorted(Problem.BY_POSITION)
                .toList();
    }
}
