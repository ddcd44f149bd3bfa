package io.segue.coordinator.groups;

import io.segue.coordinator.plan.TopicSelection;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names of groups or topics as operators write them: a name, a glob ({@code *}, {@code ?}) over the whole name, or
 * {@code ~regex} found anywhere in it.
 */
public record NamePattern(String text) {
    /** Every name. */
    public static final NamePattern ANY = new NamePattern("*");

    /** @throws IllegalArgumentException if it is no regular expression */
    public NamePattern {
        new TopicSelection(List.of(text), List.of());
    }

    /** True if it names one, which may not exist yet. */
    public boolean literal() {
        return !text.startsWith("~") && text.indexOf('*') < 0 && text.indexOf('?') < 0;
    }

    public boolean matches(String name) {
        return literal() ? text.equals(name) : new TopicSelection(List.of(text), List.of()).selects(name);
    }

    /** Literal names, whether known or not, and the known ones that a pattern matches; no pattern at all: all known. */
    public static Set<String> select(List<NamePattern> patterns, Collection<String> known) {
        if (patterns.isEmpty()) {
            return new TreeSet<>(known);
        }
        Set<String> selected = new TreeSet<>();
        for (NamePattern pattern : patterns) {
            if (pattern.literal()) {
                selected.add(pattern.text());
            } else {
                TopicSelection selection = new TopicSelection(List.of(pattern.text()), List.of());
                known.stream().filter(selection::selects).forEach(selected::add);
            }
        }
        return selected;
    }
}
