package io.segue.coordinator.backup;

/** A pattern for a whole name: {@code *} is any run of characters, {@code ?} is one. Nothing else is special. */
record Glob(String pattern) {
    /** True if it has no wildcard: it names one topic, which must exist. */
    boolean literal() {
        return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
    }

    /** Takes no more than pattern length × name length steps, whatever the pattern. */
    boolean matches(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < name.length()) {
            char wanted = in < pattern.length() ? pattern.charAt(in) : '\0';
            if (wanted == '*') {
                star = in++;
                resume = at;
            } else if (in < pattern.length() && (wanted == '?' || wanted == name.charAt(at))) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == '*') {
            in++;
        }
        return in == pattern.length();
    }
}
