package io.segue.protocol.config.yaml;

import io.segue.protocol.config.yaml.Key.Effect;
import io.segue.protocol.config.yaml.Key.Need;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A table of keys and what is made of them.
 *
 * @param check reports contradictions between values; sees also files in which other keys had problems
 * @param build makes the result; called only if every required key has a value
 */
public record Section<T>(List<Key<?>> keys, Consumer<Values> check, Function<Values, T> build) {
    public Section {
        keys = List.copyOf(keys);
    }

    /** A section without contradictions. */
    public static <T> Section<T> of(List<Key<?>> keys, Function<Values, T> build) {
        return new Section<>(keys, values -> {}, build);
    }

    /** What the section comes to where it is absent; every key must have a default or be optional. */
    public T whenAbsent() {
        return build.apply(Values.none());
    }

    Optional<T> read(Node node, String path, Document document) {
        if (!(node instanceof MappingNode mapping)) {
            document.error(node, path, "expected a section, found " + Types.shown(node), "write its keys below it");
            return Optional.empty();
        }
        Map<String, Values.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            readKey(tuple, path, document, entries);
        }
        Values values = new Values(path, node, entries, document);
        List<Key<?>> missing = missing(values);
        missing.forEach(key -> document.error(
                node,
                join(path, key.name()),
                "is required and missing",
                "add " + key.name() + ": " + key.type().describe()));
        check.accept(values);
        return complete(values) ? Optional.of(build.apply(values)) : Optional.empty();
    }

    private void readKey(NodeTuple tuple, String path, Document document, Map<String, Values.Entry> entries) {
        Node keyNode = tuple.getKeyNode();
        if (!(keyNode instanceof ScalarNode scalar)) {
            document.error(keyNode, path, "a key must be one word, found " + Types.shown(keyNode), null);
            return;
        }
        String written = scalar.getValue();
        String where = join(path, Document.asWritten(scalar));
        Optional<Key<?>> known =
                keys.stream().filter(key -> key.answersTo(written)).findFirst();
        if (known.isEmpty()) {
            document.error(keyNode, where, "unknown key", suggestion(written));
            return;
        }
        Key<?> key = known.get();
        if (!key.name().equals(written)) {
            document.warning(keyNode, where, "is accepted as " + key.name(), "write " + key.name());
        }
        Node value = tuple.getValueNode();
        if (entries.containsKey(key.name())) {
            document.error(keyNode, where, "this key occurs twice", "remove one of them");
        } else if (!isNull(value)) {
            Optional<?> read = key.type().read(value, where, document);
            entries.put(key.name(), new Values.Entry(keyNode, value, read.orElse(null)));
            read.filter(set -> !set.equals(key.fallback().orElse(null)))
                    .ifPresent(set -> applyEffect(key.effect(), keyNode, where, document));
        }
    }

    private static void applyEffect(Effect effect, Node at, String where, Document document) {
        if (effect instanceof Effect.Nothing nothing) {
            document.warning(at, where, "has no effect: " + nothing.why(), null);
        } else if (effect instanceof Effect.Refusal refusal) {
            document.error(at, where, "is not supported: " + refusal.why(), null);
        }
    }

    private @Nullable String suggestion(String written) {
        if (written.equals("<<")) {
            return "merge keys are not supported; write the keys out";
        }
        List<String> names = keys.stream()
                .flatMap(key -> Stream.concat(Stream.of(key.name()), key.aliases().stream()))
                .toList();
        return Spelling.nearest(written, names)
                .map(near -> "did you mean " + near + "?")
                .orElse("known here: "
                        + String.join(", ", keys.stream().map(Key::name).toList()));
    }

    private List<Key<?>> missing(Values values) {
        return keys.stream()
                .filter(key -> key.need() instanceof Need.Required && !values.written(key))
                .toList();
    }

    private boolean complete(Values values) {
        return keys.stream().allMatch(key -> !(key.need() instanceof Need.Required) || values.has(key));
    }

    static boolean isNull(Node node) {
        return Tag.NULL.equals(node.getTag());
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
