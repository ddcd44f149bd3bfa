package io.segue.protocol.segment;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.github.luben.zstd.ZstdIOException;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The peer's legacy segment: one JSON array of records, with base64 keys and values. It has no checksum: damage is found
 * where it stands.
 */
final class JsonSegmentReader implements SegmentReader {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_HEADERS = 65_535;
    private static final int MAX_UNKNOWN = 1_000;
    private static final int MAX_NAME = 1_000;
    /** Characters of the key of a header, which the binary form counts in two bytes; only such text is held as a string. */
    private static final int MAX_STRING = 65_535;

    private final String key;
    private final JsonParser json;
    private final int maxRecordBytes;
    private final OffsetOrder order = new OffsetOrder();
    private final Set<String> unknown = new HashSet<>();
    private long index;
    /** Bytes that the keys, values and headers of the current record may still have. */
    private int room;

    private boolean finished;

    private JsonSegmentReader(String key, JsonParser json, int maxRecordBytes) {
        this.key = key;
        this.json = json;
        this.maxRecordBytes = maxRecordBytes;
    }

    static JsonSegmentReader open(String key, StoredSegment stored, SegmentLimits limits) throws IOException {
        InputStream raw = stored.newStream();
        try {
            InputStream stream = BinarySegmentReader.decompress(compression(key, stored), raw);
            JsonSegmentReader reader =
                    new JsonSegmentReader(key, factory(limits).createParser(stream), limits.maxRecordBytes());
            reader.begin();
            return reader;
        } catch (ZstdIOException | MalformedBlockException e) {
            raw.close();
            throw DamagedSegmentException.atByte(key, 0, "cannot be decompressed: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** By the whole suffix of the key; zstd also by its magic. */
    private static SegmentCompression compression(String key, StoredSegment stored) throws IOException {
        try (InputStream in = stored.newStream()) {
            byte[] head = in.readNBytes(4);
            boolean zstd = head.length == 4
                    && (head[0] & 0xFF) == 0x28
                    && (head[1] & 0xFF) == 0xB5
                    && (head[2] & 0xFF) == 0x2F
                    && (head[3] & 0xFF) == 0xFD;
            if (zstd) {
                return SegmentCompression.ZSTD;
            }
            return key.endsWith(SegmentCompression.LZ4.extension()) ? SegmentCompression.LZ4 : SegmentCompression.NONE;
        }
    }

    private static JsonFactory factory(SegmentLimits limits) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_STRING)
                        .maxNameLength(MAX_NAME)
                        .maxDocumentLength(limits.maxStreamBytes())
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    private void begin() throws IOException {
        JsonToken first;
        try {
            first = json.nextToken();
        } catch (JsonProcessingException e) {
            first = null;
        }
        if (first != JsonToken.START_ARRAY) {
            throw DamagedSegmentException.atByte(
                    key, 0, "begins neither with KBAK nor with a JSON array of legacy records");
        }
    }

    @Override
    public @Nullable SegmentRecord next() {
        if (finished) {
            return null;
        }
        JsonToken token = token();
        if (token == JsonToken.END_ARRAY) {
            finished = true;
            if (token() != null) {
                throw damaged("holds something after the array of records", null);
            }
            return null;
        }
        if (token != JsonToken.START_OBJECT) {
            throw damaged("is no JSON object", null);
        }
        SegmentRecord record = record();
        String problem = order.problem(record.offset());
        if (problem != null) {
            throw damaged(problem, null);
        }
        index++;
        return record;
    }

    private SegmentRecord record() {
        Long offset = null;
        Long timestamp = null;
        ByteBuffer recordKey = null;
        ByteBuffer value = null;
        List<RecordHeader> headers = List.of();
        room = maxRecordBytes;
        while (token() == JsonToken.FIELD_NAME) {
            String field = name();
            token();
            switch (field) {
                case "key" -> recordKey = bytes(field, true);
                case "value" -> value = bytes(field, true);
                case "headers" -> headers = headers();
                case "timestamp" -> timestamp = integer(field);
                case "offset" -> offset = integer(field);
                default -> skip(field);
            }
        }
        if (offset == null || timestamp == null) {
            throw damaged("has no " + (offset == null ? "offset" : "timestamp"), null);
        }
        return new SegmentRecord(offset, timestamp, recordKey, value, headers);
    }

    private List<RecordHeader> headers() {
        expect(JsonToken.START_ARRAY, "headers must be an array");
        List<RecordHeader> headers = new ArrayList<>();
        while (token() != JsonToken.END_ARRAY) {
            expect(JsonToken.START_OBJECT, "a header must be an object");
            if (headers.size() == MAX_HEADERS) {
                throw damaged("has more than " + MAX_HEADERS + " headers", null);
            }
            headers.add(readHeader());
        }
        return headers;
    }

    private RecordHeader readHeader() {
        String name = null;
        ByteBuffer value = null;
        while (token() == JsonToken.FIELD_NAME) {
            String field = name();
            JsonToken token = token();
            switch (field) {
                case "key" -> {
                    if (token != JsonToken.VALUE_STRING) {
                        throw damaged("a header's key must be a string", null);
                    }
                    name = text();
                    take(name.length());
                }
                case "value" -> value = bytes("a header's value", false);
                default -> skip(field);
            }
        }
        if (name == null || value == null) {
            throw damaged("a header has no " + (name == null ? "key" : "value"), null);
        }
        return new RecordHeader(name, value);
    }

    private @Nullable ByteBuffer bytes(String what, boolean nullable) {
        if (nullable && json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(JsonToken.VALUE_STRING, what + " must be a base64 string");
        // as a stream: the parser's own limit of a string does not bind where it decodes base64
        BoundedBytes decoded = new BoundedBytes(room);
        try {
            json.readBinaryValue(Base64Variants.MIME_NO_LINEFEEDS, decoded);
        } catch (IOException e) {
            throw failure(e);
        } catch (IllegalArgumentException e) {
            throw damaged(what + " is no base64: " + e.getMessage(), e);
        }
        ByteBuffer bytes = decoded.bytes();
        take(bytes.remaining());
        return bytes;
    }

    private void take(int bytes) {
        if (bytes > room) {
            throw tooLarge(null);
        }
        room -= bytes;
    }

    private DamagedSegmentException tooLarge(@Nullable Throwable cause) {
        return damaged("has a record of more than " + maxRecordBytes + " bytes, which is the limit", cause);
    }

    private long integer(String what) {
        expect(JsonToken.VALUE_NUMBER_INT, what + " must be an integer");
        try {
            return json.getLongValue();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void expect(JsonToken token, String problem) {
        if (json.currentToken() != token) {
            throw damaged(problem, null);
        }
    }

    private @Nullable JsonToken token() {
        try {
            return json.nextToken();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private String name() {
        try {
            return json.currentName();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private String text() {
        try {
            return json.getText();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Skips the value of a field that is not known, whose name the parser keeps to the end of the segment. */
    private void skip(String field) {
        unknown(field);
        int depth = 0;
        JsonToken token = json.currentToken();
        while (true) {
            if (token == null || token.isStructEnd()) {
                depth--;
            } else if (token.isStructStart()) {
                depth++;
            } else if (token == JsonToken.FIELD_NAME) {
                unknown(name());
            }
            if (depth == 0 && token != JsonToken.FIELD_NAME) {
                return;
            }
            token = token();
        }
    }

    private void unknown(String field) {
        if (unknown.add(field) && unknown.size() > MAX_UNKNOWN) {
            throw damaged("has more than " + MAX_UNKNOWN + " different fields that no writer of records has", null);
        }
    }

    private RuntimeException failure(IOException e) {
        if (e instanceof BoundedBytes.LimitExceeded) {
            return tooLarge(e);
        }
        if (e instanceof StreamConstraintsException exceeded) {
            // the parser has counted what it read ahead: only where its last token begins is sure
            long at = json.currentTokenLocation().getByteOffset();
            return DamagedSegmentException.atRecord(
                    key, index, at, "is no legacy JSON: " + exceeded.getOriginalMessage(), e);
        }
        if (e instanceof JsonEOFException) {
            return damaged("ends in the middle of its JSON", e);
        }
        if (e instanceof JsonProcessingException invalid) {
            return damaged("is no legacy JSON: " + invalid.getOriginalMessage(), e);
        }
        if (e instanceof ZstdIOException || e instanceof MalformedBlockException) {
            return damaged("cannot be decompressed: " + e.getMessage(), e);
        }
        return new UncheckedIOException("the local copy of " + key + " cannot be read: " + e.getMessage(), e);
    }

    private DamagedSegmentException damaged(String what, @Nullable Throwable cause) {
        long at = json.currentLocation().getByteOffset();
        return DamagedSegmentException.atRecord(key, index, at, what, cause);
    }

    @Override
    public Optional<SegmentHeader> header() {
        return Optional.empty();
    }

    @Override
    public List<String> remarks() {
        return List.of();
    }

    @Override
    public void close() {
        try {
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the local copy of " + key + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
