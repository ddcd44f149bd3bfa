package io.segue.protocol.store;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What every store accepts as a key, so that an archive moves between stores without renaming anything. */
public final class ObjectKeys {
    /** The longest key in bytes of UTF-8: the limit of S3, prefix included. */
    public static final int MAX_BYTES = 1024;

    /** How the names of unfinished files begin; no element of a key may, or its object would be invisible. */
    static final String UNFINISHED = ".segue-tmp-";

    private ObjectKeys() {}

    /**
     * The key as given.
     *
     * @throws StoreException.BadKey if it is empty, has an empty, {@code .} or {@code ..} element, a control character,
     *     a reserved element or more than {@link #MAX_BYTES}
     */
    public static String requireKey(String key) {
        if (key.isEmpty()) {
            throw refuse(key, "is empty");
        }
        if (key.chars().anyMatch(Character::isISOControl)) {
            throw refuse(key, "has a control character");
        }
        if (utf8Length(key) > MAX_BYTES) {
            throw refuse(key, "is longer than " + MAX_BYTES + " bytes");
        }
        for (String element : key.split("/", -1)) {
            requireElement(key, element);
        }
        return key;
    }

    /**
     * The prefix with a {@code /} at its end, or {@code ""} for everything.
     *
     * @throws StoreException.BadKey if it is neither empty nor a key, with or without a {@code /} at its end
     */
    public static String requirePrefix(String prefix) {
        if (prefix.isEmpty()) {
            return prefix;
        }
        return requireKey(prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix) + "/";
    }

    private static void requireElement(String key, String element) {
        if (element.isEmpty()) {
            throw refuse(key, "has an empty element (a / at either end, or two together)");
        }
        if (element.equals(".") || element.equals("..")) {
            throw refuse(key, "has the element " + element);
        }
        if (element.startsWith(UNFINISHED)) {
            throw refuse(key, "has an element that begins with the reserved " + UNFINISHED);
        }
    }

    private static int utf8Length(String key) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(key))
                    .remaining();
        } catch (CharacterCodingException unpairedSurrogate) {
            throw refuse(key, "is not valid Unicode");
        }
    }

    private static StoreException.BadKey refuse(String key, String problem) {
        return new StoreException.BadKey("the key \"" + printable(key) + "\" " + problem);
    }

    /** A key may come from a hostile archive: neither its length nor its control characters reach a terminal. */
    private static String printable(String key) {
        String shown = key.length() > 200 ? key.substring(0, 200) + "…" : key;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
