package io.segue.protocol.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON document field by field, as strictly as the peer does: integers are integers, nothing is null unless it
 * may be, unknown fields are skipped. Bounded in size, depth and string length; every problem names its place.
 */
final class JsonInput {
    private static final DocumentLimits LIMITS =
            DocumentLimits.ofHeap(Runtime.getRuntime().maxMemory());
    private static final int MAX_DEPTH = 32;
    private static final int MAX_STRING = 1 << 20;
    private static final int MAX_NAME = 1 << 12;
    private static final int MAX_SHOWN = 500;
    private static final JsonFactory FACTORY = factory(LIMITS);

    private static final String MORE_HEAP = ", and grows with the heap up to 256 MiB: set JAVA_OPTS=-Xmx…";

    private final String key;
    private final JsonParser json;

    private JsonInput(String key, JsonParser json) {
        this.key = key;
        this.json = json;
    }

    private static JsonFactory factory(DocumentLimits limits) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(limits.maxBytes())
                        .maxTokenCount(limits.maxTokens())
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_STRING)
                        .maxNameLength(MAX_NAME)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    /** Reads the one value of a document; the stream is closed. */
    static <T> T read(String key, InputStream in, Function<JsonInput, T> value) {
        return read(FACTORY, key, in, value);
    }

    /** As {@link #read(String, InputStream, Function)}, with limits of its own. */
    static <T> T read(DocumentLimits limits, String key, InputStream in, Function<JsonInput, T> value) {
        return read(factory(limits), key, in, value);
    }

    private static <T> T read(JsonFactory factory, String key, InputStream in, Function<JsonInput, T> value) {
        try (JsonParser parser = factory.createParser(in)) {
            JsonInput input = new JsonInput(key, parser);
            input.next();
            T result = value.apply(input);
            if (input.next() != null) {
                throw input.problem("something follows the end of the document");
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(key + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** As {@link #read}, from a store. */
    static <T> T load(ObjectStore store, String key, Function<JsonInput, T> value) {
        long size = store.size(key)
                .orElseThrow(() -> new StoreException.NotFound(
                        store.describe() + " has no " + key + ": check backup_id and storage", null));
        if (size > LIMITS.maxBytes()) {
            throw new StoreException.TooLarge(key + " in " + store.describe() + " has " + size + " bytes; the limit is "
                    + LIMITS.maxBytes() + MORE_HEAP);
        }
        return read(key, store.open(key, 0), value);
    }

    /** Enters the object that is the current value. */
    void beginObject() {
        expect(JsonToken.START_OBJECT, "an object");
    }

    /** Moves to the value of the next field of the object and names it; null at the object's end. */
    @Nullable
    String field() {
        if (next() != JsonToken.FIELD_NAME) {
            return null;
        }
        try {
            String name = json.currentName();
            next();
            return name;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Enters the array that is the current value. */
    void beginArray() {
        expect(JsonToken.START_ARRAY, "an array");
    }

    /** Moves to the next element; false at the array's end. */
    boolean element() {
        return next() != JsonToken.END_ARRAY;
    }

    String string() {
        expect(JsonToken.VALUE_STRING, "a string");
        try {
            return json.getText();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Nullable
    String stringOrNull() {
        return isNull() ? null : string();
    }

    boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    long int64() {
        expect(JsonToken.VALUE_NUMBER_INT, "an integer");
        try {
            return json.getLongValue();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** An integer from 0. */
    long count() {
        long value = int64();
        if (value < 0) {
            throw problem(value + " is negative");
        }
        return value;
    }

    /** An integer from 0 to 2³¹ − 1. */
    int index() {
        return upTo(Integer.MAX_VALUE);
    }

    /** An integer from 0 to below a limit. */
    int below(int limit) {
        return upTo(limit - 1);
    }

    private int upTo(int most) {
        long value = int64();
        if (value < 0 || value > most) {
            throw problem(value + " is not between 0 and " + most);
        }
        return (int) value;
    }

    List<String> strings() {
        List<String> strings = new ArrayList<>();
        beginArray();
        while (element()) {
            strings.add(string());
        }
        return strings;
    }

    /** The version of a document of ours, which must be the one that this program knows. */
    int version(int known) {
        int version = index();
        if (version != known) {
            throw problem("has version " + version + "; this program reads version " + known
                    + ": use the release that wrote it, or a newer one");
        }
        return version;
    }

    void skip() {
        try {
            json.skipChildren();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** The value, unless the object that ended just now did not have the field. */
    <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw problem("the field \"" + field + "\" is missing");
        }
        return value;
    }

    InvalidDocumentException problem(String what) {
        return problem(what, null);
    }

    private InvalidDocumentException problem(String what, @Nullable Throwable cause) {
        JsonLocation location = json.currentTokenLocation();
        String path = shown(json.getParsingContext().pathAsPointer().toString());
        return new InvalidDocumentException(
                key + ": " + shown(what) + " (" + (path.isEmpty() ? "top level" : path) + ", line "
                        + location.getLineNr() + ", column " + location.getColumnNr() + ")",
                cause);
    }

    /** Names are data: neither their length nor their control characters reach a terminal. */
    private static String shown(String text) {
        return (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text).replaceAll("\\p{Cntrl}", "?");
    }

    private void expect(JsonToken token, String what) {
        if (json.currentToken() != token) {
            throw problem("expected " + what + ", found " + found());
        }
    }

    private String found() {
        JsonToken token = json.currentToken();
        if (token == null) {
            return "the end";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "an integer";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> token.name();
        };
    }

    private @Nullable JsonToken next() {
        try {
            return json.nextToken();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private RuntimeException failure(IOException e) {
        if (e instanceof StreamConstraintsException exceeded) {
            return problem("is larger than this program reads: " + exceeded.getOriginalMessage(), e);
        }
        if (e instanceof JsonEOFException) {
            return problem("ends in the middle of its JSON", e);
        }
        return e instanceof JsonProcessingException invalid
                ? problem("is no valid JSON: " + invalid.getOriginalMessage(), e)
                : new UncheckedIOException(key + " cannot be read: " + e.getMessage(), e);
    }
}
