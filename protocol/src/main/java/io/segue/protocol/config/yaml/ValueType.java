package io.segue.protocol.config.yaml;

import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;

/** What kind of value a key takes. */
public interface ValueType<T> {
    /** For people: {@code integer ≥ 1}, {@code list of string}. */
    String describe();

    /**
     * The value of a node; empty, with at least one problem reported, if it is none.
     *
     * @param key dotted path of the node, for messages
     */
    Optional<T> read(Node node, String key, Document document);

    /** The same on the page, another thing in the program. */
    default <R> ValueType<R> map(Function<? super T, ? extends R> conversion) {
        return of(describe(), (node, key, document) -> read(node, key, document).map(conversion));
    }

    /** Of these values only those about which {@code complaint} has nothing to say. */
    default ValueType<T> unless(Function<? super T, Optional<Complaint>> complaint) {
        return of(describe(), (node, key, document) -> {
            Optional<T> value = read(node, key, document);
            Optional<Complaint> found = value.flatMap(complaint);
            found.ifPresent(c -> document.error(node, key, c.message(), c.suggestion()));
            return found.isPresent() ? Optional.empty() : value;
        });
    }

    /** The same type under another description. */
    default ValueType<T> described(String description) {
        return of(description, this::read);
    }

    /** What is wrong with a value, and what to do. */
    record Complaint(String message, String suggestion) {}

    /** The part of a type that reads. */
    interface Reading<T> {
        Optional<T> read(Node node, String key, Document document);
    }

    static <T> ValueType<T> of(String description, Reading<T> reading) {
        return new ValueType<>() {
            @Override
            public String describe() {
                return description;
            }

            @Override
            public Optional<T> read(Node node, String key, Document document) {
                return reading.read(node, key, document);
            }
        };
    }
}
