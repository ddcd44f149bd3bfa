package io.segue.protocol.mapping;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.protocol.kafka.TopicPartition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A job's own {@code mapping.json}, version 2; {@code docs/mapping.md} has the format. Written and read as a stream. Few runs
 * stand in it, as flat triples of differences {@code [source − previous source end, target − previous target end,
 * length, …]}; many in an indexed file beside it.
 */
public final class MappingJson {
    private static final int VERSION = 2;
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final JsonFactory FACTORY = new JsonFactory(JSON);

    private MappingJson() {}

    /** One element of {@code partitions}: either {@code runs}, or the rest. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Pair(
            @JsonProperty(value = "source", required = true) String source,
            @JsonProperty(value = "target", required = true) String target,
            @JsonProperty("runs") @Nullable List<Long> runs,
            @JsonProperty("file") @Nullable String file,
            @JsonProperty("records") @Nullable Long records,
            @JsonProperty("first") @Nullable List<Long> first,
            @JsonProperty("last") @Nullable List<Long> last) {
        static Pair of(OffsetMapping mapping) {
            String source = mapping.source().toString();
            String target = mapping.target().toString();
            if (mapping instanceof MappingInFile inFile) {
                return new Pair(
                        source,
                        target,
                        null,
                        inFile.file(),
                        mapping.records(),
                        flat(List.of(mapping.first().orElseThrow())),
                        flat(List.of(mapping.last().orElseThrow())));
            }
            List<Run> runs = new ArrayList<>();
            mapping.runs().forEach(runs::add);
            return new Pair(source, target, flat(runs), null, null, null, null);
        }

        OffsetMapping mapping(Function<String, IndexedMappingFile> open) {
            TopicPartition from = TopicPartition.parse(source);
            TopicPartition to = TopicPartition.parse(target);
            if (runs != null) {
                return new PartitionMapping(from, to, listed(runs));
            }
            if (file == null || records == null || first == null || last == null) {
                throw new InvalidMappingException(source + " → " + target + " has neither runs nor a file", null);
            }
            return new MappingInFile(
                    from, to, file, records, listed(first).get(0), listed(last).get(0), open);
        }
    }

    /** Writes to a stream that stays open. */
    public static void write(OutputStream out, MappingDocument document) {
        try (JsonGenerator json = FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeStringField("source_cluster_id", document.sourceClusterId());
            json.writeStringField("target_cluster_id", document.targetClusterId());
            json.writeNumberField("created_at", document.createdAt());
            json.writeArrayFieldStart("partitions");
            for (OffsetMapping mapping : document.mappings()) {
                json.writeObject(Pair.of(mapping));
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("mapping.json cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Reads and closes the stream.
     *
     * @param name of what is read, for messages
     * @param open opens an indexed file that the document names
     * @throws InvalidMappingException if it is no mapping, or of another version
     */
    public static MappingDocument read(String name, InputStream in, Function<String, IndexedMappingFile> open) {
        try (in;
                JsonParser json = FACTORY.createParser(in)) {
            return document(json, open);
        } catch (InvalidMappingException e) {
            throw new InvalidMappingException(name + ": " + e.getMessage(), e);
        } catch (JsonProcessingException | IllegalArgumentException | ArithmeticException e) {
            throw new InvalidMappingException(name + " is no mapping: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static MappingDocument document(JsonParser json, Function<String, IndexedMappingFile> open)
            throws IOException {
        expect(json.nextToken() == JsonToken.START_OBJECT, "an object at the top");
        long version = 0;
        String source = null;
        String target = null;
        long createdAt = 0;
        List<OffsetMapping> mappings = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "version" -> version = json.getLongValue();
                case "source_cluster_id" -> source = json.getValueAsString();
                case "target_cluster_id" -> target = json.getValueAsString();
                case "created_at" -> createdAt = json.getLongValue();
                case "partitions" -> mappings = partitions(json, open);
                default -> json.skipChildren();
            }
        }
        expect(
                version == VERSION,
                "version " + VERSION + ", not " + version + ": it is another release's, or not ours");
        if (mappings == null) {
            throw new InvalidMappingException("expected the field partitions", null);
        }
        return new MappingDocument(source, target, createdAt, mappings);
    }

    private static List<OffsetMapping> partitions(JsonParser json, Function<String, IndexedMappingFile> open)
            throws IOException {
        expect(json.currentToken() == JsonToken.START_ARRAY, "a list of partitions");
        List<OffsetMapping> mappings = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            mappings.add(json.readValueAs(Pair.class).mapping(open));
        }
        return mappings;
    }

    private static List<Long> flat(List<Run> runs) {
        List<Long> flat = new ArrayList<>(3 * runs.size());
        long source = 0;
        long target = 0;
        for (Run run : runs) {
            flat.addAll(List.of(run.source() - source, run.target() - target, run.length()));
            source = run.sourceEnd();
            target = run.targetEnd();
        }
        return flat;
    }

    private static List<Run> listed(List<Long> flat) {
        expect(flat.size() % 3 == 0, "triples of numbers, found " + flat.size() + " numbers");
        List<Run> runs = new ArrayList<>(flat.size() / 3);
        long source = 0;
        long target = 0;
        for (int i = 0; i < flat.size(); i += 3) {
            Run run = new Run(
                    Math.addExact(source, flat.get(i)), Math.addExact(target, flat.get(i + 1)), flat.get(i + 2));
            runs.add(run);
            source = run.sourceEnd();
            target = run.targetEnd();
        }
        return runs;
    }

    private static void expect(boolean met, String what) {
        if (!met) {
            throw new InvalidMappingException("expected " + what, null);
        }
    }
}
