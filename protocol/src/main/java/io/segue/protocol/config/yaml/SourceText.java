package io.segue.protocol.config.yaml;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of a file, with its variables made inert for the YAML parser.
 *
 * <p>{@code ${NAME}} becomes a mark of the same length that no YAML syntax touches, and is replaced inside the scalars
 * after parsing. So a value of the environment is data and never YAML (a password may hold {@code #}, {@code :} or a line
 * break), {@code [${A}, ${B}]} works, and every position the parser reports is one in the file as written.
 */
final class SourceText {
    private static final String OPEN = "\uE000\uE001";
    private static final String CLOSE = "\uE002";
    private static final Pattern RESERVED = Pattern.compile("[\uE000-\uE002]");
    private static final Pattern WRITTEN = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final Pattern INERT = Pattern.compile(OPEN + "([A-Za-z0-9_]+)" + CLOSE);

    private static final Pattern SECRET = Pattern.compile(
            "(?i)^(.*?(?:password|secret|token|access_key|account_key|jaas|passphrase|credential|private_key|\\.key\\b)[^:=]*[:=]\\s*)(?!\\s*$).+$");
    private static final Pattern USER_INFO = Pattern.compile("[^\\s\"'\\[,]+:\\S*@");
    private static final Pattern KEY_OR_ITEM = Pattern.compile("^\\s*(-(\\s.*)?|[\\w.\"'-]+\\s*:(\\s.*)?)$");

    private final String text;
    private final List<String> lines;

    SourceText(String text) {
        this.text = text;
        this.lines = text.lines().toList();
    }

    /** True if the text holds one of the characters that mark variables. */
    boolean usesReservedCharacters() {
        return RESERVED.matcher(text).find();
    }

    /** What the YAML parser is to read. */
    String inert() {
        return WRITTEN.matcher(text).replaceAll(OPEN + "$1" + CLOSE);
    }

    /** The text before a character, counted in code points. */
    String before(int index) {
        return text.substring(0, text.offsetByCodePoints(0, Math.min(index, text.codePointCount(0, text.length()))));
    }

    /** A piece of {@link #inert()} as its author wrote it. */
    static String asWritten(String inert) {
        return inert.replace(OPEN, "${").replace(CLOSE, "}");
    }

    /** The pattern of a variable in {@link #inert()}; group 1 is its name. */
    static Pattern variables() {
        return INERT;
    }

    /** The line (from 1), if it shows no secret: values of keys that may be secret are replaced. */
    Optional<String> excerpt(int line) {
        if (line < 1 || line > lines.size()) {
            return Optional.empty();
        }
        String shown = lines.get(line - 1);
        // A line that is neither key nor item may continue a secret of the lines before it.
        return KEY_OR_ITEM.matcher(shown).matches()
                ? Optional.of(USER_INFO
                        .matcher(SECRET.matcher(shown).replaceFirst("$1***"))
                        .replaceAll("***@"))
                : Optional.empty();
    }

    /** The column (from 1) of a piece of text at or after a place, or the place's own column. */
    int columnOf(String piece, int line, int column) {
        int found = line <= lines.size() ? lines.get(line - 1).indexOf(piece, Math.max(0, column - 1)) : -1;
        return found < 0 ? column : found + 1;
    }
}
