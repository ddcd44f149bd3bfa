package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Key;
import io.segue.protocol.config.yaml.Section;
import io.segue.protocol.config.yaml.Types;
import io.segue.protocol.config.yaml.ValueType;
import io.segue.protocol.config.yaml.ValueType.Complaint;
import io.segue.protocol.config.yaml.Values;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code topics:} of a cluster. */
final class TopicsSection {
    static final Section<TopicFilter> OF_SOURCE = section(Types.text().unless(TopicsSection::regexOnSource));
    static final Section<TopicFilter> OF_TARGET = section(Types.text().unless(TopicsSection::badRegex));

    private TopicsSection() {}

    private static Section<TopicFilter> section(ValueType<String> pattern) {
        Key<List<String>> include = Key.of(
                        "include",
                        Types.listOf(pattern),
                        "Topics: whole names, globs with `*` and `?`, on `target` also `~regex`; matched against the"
                                + " names on the source. Empty: all. On `source`, a name without `*` and `?` must exist.")
                .or(List.of());
        Key<List<String>> exclude = Key.of("exclude", Types.listOf(pattern), "Topics left out; wins over `include`.")
                .or(List.of());
        return new Section<>(
                List.of(include, exclude),
                values -> contradiction(values, include, exclude),
                values -> new TopicFilter(values.get(include), values.get(exclude)));
    }

    private static void contradiction(Values values, Key<List<String>> include, Key<List<String>> exclude) {
        List<String> included = values.get(include);
        List<String> both = values.get(exclude).stream()
                .filter(included::contains)
                .distinct()
                .toList();
        if (!both.isEmpty()) {
            values.error(
                    exclude,
                    both.size() == 1 ? "one name is in include as well" : both.size() + " names are in include as well",
                    "remove them from one of the two: exclude would win");
        }
    }

    private static Optional<Complaint> regexOnSource(String pattern) {
        return pattern.startsWith("~")
                ? Optional.of(new Complaint(
                        "regular expressions are for target.topics only", "use a glob: * and ? match any characters"))
                : glob(pattern);
    }

    private static Optional<Complaint> badRegex(String pattern) {
        if (!pattern.startsWith("~")) {
            return glob(pattern);
        }
        try {
            Pattern.compile(pattern.substring(1));
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(
                    new Complaint("not a regular expression: " + e.getDescription(), "correct what follows ~"));
        }
    }

    private static Optional<Complaint> glob(String pattern) {
        return pattern.isEmpty()
                ? Optional.of(new Complaint("an empty name matches no topic", "remove it, or write \"*\" for all"))
                : NameTypes.characterComplaint(pattern, "*?");
    }
}
