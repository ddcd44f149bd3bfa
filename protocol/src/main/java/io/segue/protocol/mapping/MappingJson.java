package io.segue.protocol.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.segue.protocol.kafka.TopicPartition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job's own {@code mapping.json}, version 1; {@code docs/mapping.md} has the format. Written and read as a stream. Runs
 * are flat triples of differences, {@code [source − previous source end, target − previous target end, length, …]}.
 */
public final class MappingJson {
    private static final int VERSION = 1;
    private static final JsonFactory FACTORY = new JsonFactory();

    private MappingJson() {}

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
            for (PartitionMapping mapping : document.mappings()) {
                write(json, mapping);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("mapping.json cannot be written: " + e.getMessage(), e);
        }
    }

    private static void write(JsonGenerator json, PartitionMapping mapping) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", mapping.source().toString());
        json.writeStringField("target", mapping.target().toString());
        json.writeArrayFieldStart("runs");
        long source = 0;
        long target = 0;
        for (Run run : mapping.runs()) {
            json.writeNumber(run.source() - source);
            json.writeNumber(run.target() - target);
            json.writeNumber(run.length());
            source = run.sourceEnd();
            target = run.targetEnd();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /**
     * Reads a document; the stream is closed.
     *
     * @param name of the file or object, for messages
     * @throws InvalidMappingException if it is none of this version, or damaged
     */
    public static MappingDocument read(String name, InputStream in) {
        try (JsonParser json = FACTORY.createParser(in)) {
            return document(json);
        } catch (JsonProcessingException e) {
            throw new InvalidMappingException(
                    name + " is no mapping: " + e.getOriginalMessage() + " (line "
                            + e.getLocation().getLineNr() + ")",
                    e);
        } catch (InvalidMappingException | IllegalArgumentException | ArithmeticException e) {
            throw new InvalidMappingException(name + " is no mapping: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static MappingDocument document(JsonParser json) throws IOException {
        expect(json.nextToken() == JsonToken.START_OBJECT, "an object at the top");
        long version = 0;
        String source = null;
        String target = null;
        long createdAt = 0;
        List<PartitionMapping> mappings = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "version" -> version = json.getLongValue();
                case "source_cluster_id" -> source = json.getValueAsString();
                case "target_cluster_id" -> target = json.getValueAsString();
                case "created_at" -> createdAt = json.getLongValue();
                case "partitions" -> mappings = partitions(json);
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

    private static List<PartitionMapping> partitions(JsonParser json) throws IOException {
        expect(json.currentToken() == JsonToken.START_ARRAY, "a list of partitions");
        List<PartitionMapping> mappings = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String source = null;
            String target = null;
            List<Run> runs = List.of();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "source" -> source = json.getValueAsString();
                    case "target" -> target = json.getValueAsString();
                    case "runs" -> runs = runs(json);
                    default -> json.skipChildren();
                }
            }
            mappings.add(new PartitionMapping(partition(source), partition(target), runs));
        }
        return mappings;
    }

    private static List<Run> runs(JsonParser json) throws IOException {
        expect(json.currentToken() == JsonToken.START_ARRAY, "a list of runs");
        List<Run> runs = new ArrayList<>();
        long source = 0;
        long target = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            long sourceGap = json.getLongValue();
            json.nextToken();
            long targetGap = json.getLongValue();
            json.nextToken();
            Run run = new Run(Math.addExact(source, sourceGap), Math.addExact(target, targetGap), json.getLongValue());
            runs.add(run);
            source = run.sourceEnd();
            target = run.targetEnd();
        }
        return runs;
    }

    private static TopicPartition partition(@Nullable String text) {
        int slash = text == null ? -1 : text.lastIndexOf('/');
        expect(
                text != null && slash > 0 && text.substring(slash + 1).matches("[0-9]{1,9}"),
                "topic/partition, found " + text);
        return new TopicPartition(
                String.valueOf(text).substring(0, slash),
                Integer.parseInt(String.valueOf(text).substring(slash + 1)));
    }

    private static void expect(boolean met, String what) {
        if (!met) {
            throw new InvalidMappingException("expected " + what, null);
        }
    }
}
