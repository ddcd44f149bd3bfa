package io.segue.protocol.kafka;

/** Kafka's rule for topic names. What obeys it is safe as an element of a storage key. */
public final class TopicNames {
    /** Characters of the longest. */
    public static final int MAX_LENGTH = 249;

    private TopicNames() {}

    /** True for 1 to 249 letters, digits, {@code .}, {@code _} and {@code -} of ASCII, but not {@code .} and {@code ..}. */
    public static boolean legal(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH || name.equals(".") || name.equals("..")) {
            return false;
        }
        return name.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '.'
                        || c == '_'
                        || c == '-');
    }
}
