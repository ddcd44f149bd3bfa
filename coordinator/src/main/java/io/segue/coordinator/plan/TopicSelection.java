package io.segue.coordinator.plan;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which topics of a backup: globs ({@code *}, {@code ?}) over the whole name, or {@code ~regex} found anywhere in it;
 * nothing included means all, excluded wins.
 */
public final class TopicSelection {
    private final List<Pattern> include;
    private final List<Pattern> exclude;

    /** @throws IllegalArgumentException naming the pattern that is no regular expression */
    public TopicSelection(List<String> include, List<String> exclude) {
        this.include = include.stream().map(TopicSelection::pattern).toList();
        this.exclude = exclude.stream().map(TopicSelection::pattern).toList();
    }

    public boolean selects(String topic) {
        return (include.isEmpty() || found(include, topic)) && !found(exclude, topic);
    }

    private static boolean found(List<Pattern> patterns, String topic) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(topic).find());
    }

    private static Pattern pattern(String text) {
        if (text.startsWith("~")) {
            try {
                return Pattern.compile(text.substring(1));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "topics: '" + text + "' is not a regular expression: " + e.getDescription(), e);
            }
        }
        StringBuilder regex = new StringBuilder("^");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.append('$').toString());
    }
}
