package io.segue.protocol.config.yaml;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The types of values. Scalars are text until a key says otherwise, so {@code backup_id: 001} stays {@code 001}, and
 * quotes make no difference to a number.
 */
public final class Types {
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");

    private Types() {}

    /** Any scalar, as text. */
    public static ValueType<String> text() {
        return ValueType.of("string", Types::scalar);
    }

    /** A whole number between two bounds, both inclusive: decimal, {@code 0x}, {@code 0o}, {@code 0b}. */
    public static ValueType<Long> integer(long least, long most) {
        String range = range(least, most);
        return ValueType.of("integer" + (range.isEmpty() ? "" : " " + range), (node, key, document) -> {
            Optional<String> text = scalar(node, key, document);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            Optional<Long> number = Numbers.parse(text.get());
            if (number.isEmpty()) {
                String suggestion = Numbers.suggestion(text.get());
                document.error(node, key, "expected an integer, found " + shown(node), suggestion);
            } else if (number.get() < least || number.get() > most) {
                document.error(node, key, shown(node) + " is out of range", "allowed: " + range);
                return Optional.empty();
            }
            return number;
        });
    }

    /** {@link #integer} for what fits an {@code int}. */
    public static ValueType<Integer> smallInteger(int least, int most) {
        return integer(least, most).map(Math::toIntExact);
    }

    private static String range(long least, long most) {
        boolean bounded = most != Long.MAX_VALUE && most != Integer.MAX_VALUE;
        return bounded ? least + " to " + most : least == Long.MIN_VALUE ? "" : "≥ " + least;
    }

    /** {@code true} or {@code false}. */
    public static ValueType<Boolean> flag() {
        return ValueType.of("boolean", (node, key, document) -> {
            Optional<String> text = scalar(node, key, document);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            if (!TRUE.contains(text.get()) && !FALSE.contains(text.get())) {
                document.error(node, key, "expected true or false, found " + shown(node), "write true or false");
                return Optional.empty();
            }
            return Optional.of(TRUE.contains(text.get()));
        });
    }

    /** One of several words, described in the order of the map. */
    public static <T> ValueType<T> words(Map<String, T> meanings) {
        String all = String.join(", ", meanings.keySet());
        return ValueType.of(String.join(" | ", meanings.keySet()), (node, key, document) -> {
            Optional<String> text = scalar(node, key, document);
            if (text.isPresent() && !meanings.containsKey(text.get())) {
                String suggestion = Spelling.nearest(text.get(), meanings.keySet())
                        .map(near -> "did you mean " + near + "?")
                        .orElse("allowed: " + all);
                document.error(node, key, shown(node) + " is not one of " + all, suggestion);
            }
            return text.map(meanings::get);
        });
    }

    /** One of several words that stand for themselves. */
    public static ValueType<String> words(String... words) {
        return words(List.of(words), word -> word);
    }

    /** One of several things, each by its word. */
    public static <T> ValueType<T> words(List<T> things, Function<T, String> word) {
        Map<String, T> meanings = new LinkedHashMap<>();
        things.forEach(thing -> meanings.put(word.apply(thing), thing));
        return words(meanings);
    }

    /** The words of an enum: its names in lower case, with hyphens. */
    public static <E extends Enum<E>> ValueType<E> words(Class<E> type) {
        return words(
                List.of(type.getEnumConstants()),
                constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** A sequence. */
    public static <T> ValueType<List<T>> listOf(ValueType<T> element) {
        return ValueType.of("list of " + element.describe(), (node, key, document) -> {
            if (!(node instanceof SequenceNode sequence)) {
                String suggestion = node instanceof ScalarNode scalar
                        ? "write [" + Document.asWritten(scalar)
                                + "], or each element on a line of its own after \"- \""
                        : "write each element on a line of its own after \"- \"";
                document.error(node, key, "expected a list, found " + shown(node), suggestion);
                return Optional.empty();
            }
            List<T> elements = new ArrayList<>();
            for (int i = 0; i < sequence.getValue().size(); i++) {
                element.read(sequence.getValue().get(i), key + "[" + i + "]", document)
                        .ifPresent(elements::add);
            }
            boolean complete = elements.size() == sequence.getValue().size();
            return complete ? Optional.of(List.copyOf(elements)) : Optional.empty();
        });
    }

    /** A mapping with keys of the user's choice, in their order. */
    public static <K, V> ValueType<Map<K, V>> mapOf(ValueType<K> name, ValueType<V> value) {
        String description = "map of " + name.describe() + " to " + value.describe();
        return ValueType.of(description, (node, key, document) -> {
            if (!(node instanceof MappingNode mapping)) {
                document.error(
                        node, key, "expected a map, found " + shown(node), "write name: value on lines of its own");
                return Optional.empty();
            }
            Map<K, V> entries = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                Node keyNode = tuple.getKeyNode();
                Optional<K> k = name.read(keyNode, key, document);
                String path = key + "." + (keyNode instanceof ScalarNode scalar ? Document.asWritten(scalar) : "?");
                Optional<V> v = value.read(tuple.getValueNode(), path, document);
                if (k.isPresent() && entries.containsKey(k.get())) {
                    document.error(keyNode, path, "this key occurs twice", "remove one of them");
                } else if (k.isPresent() && v.isPresent()) {
                    entries.put(k.get(), v.get());
                }
            }
            boolean complete = entries.size() == mapping.getValue().size();
            return complete ? Optional.of(entries) : Optional.empty();
        });
    }

    /** Anything at all; of the value only secrets are looked at. */
    public static ValueType<Object> anything() {
        return ValueType.of("anything", (node, key, document) -> {
            document.secretsBelow(node, key);
            return Optional.of(node);
        });
    }

    /** A nested section. */
    public static <T> ValueType<T> section(Section<T> section) {
        return ValueType.of("section", section::read);
    }

    /**
     * A section whose other keys depend on the word under one of them.
     *
     * @param unsupported words that are known and refused, with the reason
     */
    public static <T> ValueType<T> variants(
            Key<String> kind, Map<String, Section<? extends T>> variants, Map<String, String> unsupported) {
        return ValueType.of("section", (node, key, document) -> {
            Optional<Node> word = node instanceof MappingNode mapping ? value(mapping, kind.name()) : Optional.empty();
            if (word.isEmpty()) {
                String message = node instanceof MappingNode
                        ? kind.name() + " is required and missing"
                        : "expected a section, found " + shown(node);
                document.error(
                        node, key, message, "add " + kind.name() + ": " + String.join(" or ", variants.keySet()));
                return Optional.empty();
            }
            String path = Section.join(key, kind.name());
            Optional<String> chosen = scalar(word.get(), path, document);
            if (chosen.isPresent() && unsupported.containsKey(chosen.get())) {
                document.error(
                        word.get(), path, shown(word.get()) + " is not supported", unsupported.get(chosen.get()));
                return Optional.empty();
            }
            return words(variants)
                    .read(word.get(), path, document)
                    .flatMap(section -> section.read(node, key, document));
        });
    }

    static Optional<Node> value(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    /** A path of this machine; relative ones start at the working directory. */
    public static ValueType<Path> path() {
        return ValueType.of(
                "path",
                (node, key, document) -> text().read(node, key, document).flatMap(text -> {
                    try {
                        if (!text.isEmpty()) {
                            return Optional.of(Path.of(text));
                        }
                        document.error(
                                node, key, "an empty path names nothing", "write the path of a file or directory");
                    } catch (InvalidPathException e) {
                        document.error(node, key, "not a path: " + e.getReason(), null);
                    }
                    return Optional.empty();
                }));
    }

    /** A word, or a value under a tag: {@code !tag value}, or as a map with that one key, {@code {tag: value}}. */
    public static <T> ValueType<T> wordOrTagged(ValueType<T> word, String tag, ValueType<T> tagged) {
        String description = word.describe() + " | !" + tag + " " + tagged.describe();
        return ValueType.of(description, (node, key, document) -> {
            if (node.getTag().getValue().equals("!" + tag)) {
                return tagged.read(node, key, document);
            }
            Optional<Node> inside =
                    node instanceof MappingNode mapping && mapping.getValue().size() == 1
                            ? value(mapping, tag)
                            : Optional.empty();
            return inside.isPresent()
                    ? tagged.read(inside.get(), key + "." + tag, document)
                    : word.read(node, key, document);
        });
    }

    private static Optional<String> scalar(Node node, String key, Document document) {
        if (!(node instanceof ScalarNode scalar)) {
            document.error(node, key, "expected one value, found " + shown(node), null);
            return Optional.empty();
        }
        if (!node.getTag().getValue().startsWith(Tag.PREFIX)) {
            // Not shown: it may be a password that begins with !
            document.error(node, key, "a tag has no meaning here", "remove it, or quote a value that begins with !");
            return Optional.empty();
        }
        return document.text(scalar, key);
    }

    /** A node in words, as its author wrote it. */
    static String shown(Node node) {
        if (node instanceof ScalarNode scalar) {
            return Section.isNull(node) ? "nothing" : "\"" + Document.asWritten(scalar) + "\"";
        }
        return node instanceof SequenceNode ? "a list" : "a map";
    }
}
