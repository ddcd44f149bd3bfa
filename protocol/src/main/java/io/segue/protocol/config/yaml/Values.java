package io.segue.protocol.config.yaml;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** What a section of a file holds, by key. */
public final class Values {
    private final String path;
    private final @Nullable Node section;
    private final Map<String, Entry> entries;
    private final @Nullable Document document;

    /** A key that is in the file; without a value if that had problems. */
    record Entry(Node key, Node valueNode, @Nullable Object value) {}

    Values(String path, @Nullable Node section, Map<String, Entry> entries, @Nullable Document document) {
        this.path = path;
        this.section = section;
        this.entries = entries;
        this.document = document;
    }

    /** A section that is absent. */
    static Values none() {
        return new Values("", null, Map.of(), null);
    }

    /** The value of a key, its default, or nothing. */
    public <T> Optional<T> find(Key<T> key) {
        Entry entry = entries.get(key.name());
        if (entry == null || entry.value() == null) {
            return key.fallback();
        }
        @SuppressWarnings("unchecked") // the section put in what this very key's type had read
        T value = (T) entry.value();
        return Optional.of(value);
    }

    /** The value of a key that is required or has a default. */
    public <T> T get(Key<T> key) {
        return find(key).orElseThrow(() -> new IllegalStateException(key.name() + " has neither value nor default"));
    }

    /** True if the file holds the key, with a value or with something that had problems. */
    public boolean written(Key<?> key) {
        return entries.containsKey(key.name());
    }

    /** True if the file holds the key with something that had problems. */
    public boolean damaged(Key<?> key) {
        Entry entry = entries.get(key.name());
        return entry != null && entry.value() == null;
    }

    /** True if the key has a value or a default without problems. */
    public boolean has(Key<?> key) {
        return find(key).isPresent();
    }

    /** Reports a contradiction at a key, or at the section where the key is absent. */
    public void error(Key<?> key, String message, @Nullable String suggestion) {
        document().error(place(key), Section.join(path, key.name()), message, suggestion);
    }

    /** Reports a contradiction at the value of one entry of a map. */
    public void error(Key<?> key, String entry, String message, @Nullable String suggestion) {
        Entry written = entries.get(key.name());
        Node node = written != null && written.valueNode() instanceof MappingNode map
                ? Types.value(map, entry).orElse(written.valueNode())
                : place(key);
        document().error(node, Section.join(Section.join(path, key.name()), entry), message, suggestion);
    }

    /** Reports at a key what will not do what it seems to. */
    public void warning(Key<?> key, String message, @Nullable String suggestion) {
        document().warning(place(key), Section.join(path, key.name()), message, suggestion);
    }

    private Node place(Key<?> key) {
        Entry entry = entries.get(key.name());
        Node node = entry == null ? section : entry.key();
        if (node == null) {
            throw new IllegalStateException("an absent section has no place for " + key.name());
        }
        return node;
    }

    private Document document() {
        if (document == null) {
            throw new IllegalStateException("an absent section has no file");
        }
        return document;
    }
}
