package io.segue.protocol.segment;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.github.luben.zstd.ZstdIOException;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The peer's legacy segment: one JSON array of records, with base64 keys and values. It has no checksum: damage is found
 * where it stands.
 */
final class JsonSegmentReader implements SegmentReader {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_HEADERS = 65_535;

    private final String key;
    private final JsonParser json;
    private final OffsetOrder order = new OffsetOrder();
    private long index;
    private boolean finished;

    private JsonSegmentReader(String key, JsonParser json) {
        this.key = key;
        this.json = json;
    }

    static JsonSegmentReader open(String key, StoredSegment stored, SegmentLimits limits) throws IOException {
        InputStream raw = stored.newStream();
        try {
            InputStream stream = BinarySegmentReader.decompress(key, compression(key, stored), raw);
            JsonSegmentReader reader =
                    new JsonSegmentReader(key, factory(limits).createParser(stream));
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
        // base64 needs four characters for three bytes
        long characters = limits.maxRecordBytes() * 4L / 3 + 4;
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength((int) Math.min(characters, Integer.MAX_VALUE - 8))
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
            throw damaged(token == null ? "ends before its array of records does" : "is no JSON object", null);
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
        while (token() == JsonToken.FIELD_NAME) {
            String field = name();
            token();
            switch (field) {
                case "key" -> recordKey = bytes(field, true);
                case "value" -> value = bytes(field, true);
                case "headers" -> headers = headers();
                case "timestamp" -> timestamp = integer(field);
                case "offset" -> offset = integer(field);
                default -> skip();
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
                }
                case "value" -> value = bytes("a header's value", false);
                default -> skip();
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
        try {
            return ByteBuffer.wrap(json.getBinaryValue(Base64Variants.MIME_NO_LINEFEEDS));
        } catch (IOException e) {
            throw failure(e);
        }
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

    private void skip() {
        try {
            json.skipChildren();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private RuntimeException failure(IOException e) {
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
