package io.segue.protocol.config;

import java.util.List;

/** {@code topics:} with {@code include} (empty: all) and {@code exclude} (wins); globs, on restore also {@code ~regex}. */
public record TopicFilter(List<String> include, List<String> exclude) {
    public TopicFilter {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }
}
