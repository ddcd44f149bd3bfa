package io.segue.protocol.config.yaml;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One line of the table: a key, what it takes, and what it means.
 *
 * @param meaning one sentence for the reference
 * @param aliases other spellings, accepted with a warning
 */
public record Key<T>(
        String name, ValueType<T> type, String meaning, Need<T> need, Effect effect, List<String> aliases) {

    /** What happens if the key is absent. */
    public sealed interface Need<T> {
        /** That is an error. */
        record Required<T>() implements Need<T> {}

        /** Then there is no value. */
        record Optionally<T>() implements Need<T> {}

        /** Then this is the value, shown in the reference as {@code shown}. */
        record Otherwise<T>(T value, String shown) implements Need<T> {}
    }

    /** What setting the key (to something else than its default) does. */
    public sealed interface Effect {
        /** What its meaning says. */
        record Applied() implements Effect {}

        /** Nothing, and {@code why} is said in a warning. */
        record Nothing(String why) implements Effect {}

        /** The file is refused, because ignoring the key would do something else than was asked. */
        record Refusal(String why) implements Effect {}
    }

    public static <T> Key<T> of(String name, ValueType<T> type, String meaning) {
        return new Key<>(name, type, meaning, new Need.Optionally<>(), new Effect.Applied(), List.of());
    }

    public Key<T> required() {
        return new Key<>(name, type, meaning, new Need.Required<>(), effect, aliases);
    }

    public Key<T> or(T value) {
        return or(value, String.valueOf(value));
    }

    public Key<T> or(T value, String shown) {
        return new Key<>(name, type, meaning, new Need.Otherwise<>(value, shown), effect, aliases);
    }

    public Key<T> alias(String alias) {
        List<String> more = Stream.concat(aliases.stream(), Stream.of(alias)).toList();
        return new Key<>(name, type, meaning, need, effect, more);
    }

    public Key<T> withoutEffect(String why) {
        return new Key<>(name, type, meaning, need, new Effect.Nothing(why), aliases);
    }

    public Key<T> refused(String why) {
        return new Key<>(name, type, meaning, need, new Effect.Refusal(why), aliases);
    }

    /** The value where the key is absent. */
    Optional<T> fallback() {
        return need instanceof Need.Otherwise<T> otherwise ? Optional.of(otherwise.value()) : Optional.empty();
    }

    boolean answersTo(String written) {
        return name.equals(written) || aliases.contains(written);
    }
}
