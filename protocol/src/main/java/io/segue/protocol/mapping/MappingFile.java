package io.segue.protocol.mapping;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.MappedRange.To;
import io.segue.protocol.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stored mapping at a glance, whether it is ours ({@code mapping.json}) or the peer's ({@code offset-mapping.json}, or
 * {@code restore-report.json} with one in it).
 */
public final class MappingFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MappingFile() {}

    /**
     * The ranges of each partition. The peer's file does not say how many records a range has, nor the source's names: they
     * are taken to be as on the target unless Segue wrote the file.
     *
     * @throws InvalidMappingException if the object is neither
     * @throws io.segue.protocol.store.StoreException if it is not there
     */
    public static List<MappedRange> ranges(ObjectStore store, String key) {
        String name = key + " in " + store.describe();
        try (JsonParser json = new JsonFactory().createParser(store.open(key, 0))) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    json.nextToken();
                    if (field.equals("entries")) {
                        return entries(json);
                    }
                    // of a report of the peer: its members are those of a mapping
                    if (!field.equals("offset_mapping")) {
                        json.skipChildren();
                    }
                }
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new InvalidMappingException(name + " is no mapping: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read: " + e.getMessage(), e);
        }
        return ours(store, key).stream()
                .flatMap(mapping -> MappedRange.of(mapping).stream())
                .toList();
    }

    /** The mappings of our {@code mapping.json}; many runs are read from beside it when lookups need them. */
    public static List<OffsetMapping> ours(ObjectStore store, String key) {
        String directory = key.substring(0, key.lastIndexOf('/') + 1);
        return MappingJson.read(
                        key + " in " + store.describe(),
                        store.open(key, 0),
                        file -> IndexedMappingFile.open(MappingBytes.of(store, directory + file)))
                .mappings();
    }

    private static List<MappedRange> entries(JsonParser json) throws IOException {
        List<MappedRange> ranges = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            json.nextToken();
            ranges.add(JSON.readValue(json, Entry.class).range());
        }
        return ranges;
    }

    /** One entry of the peer's file; ends are inclusive there. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Entry(
            @JsonProperty(value = "topic", required = true) String topic,

            @JsonProperty(value = "partition", required = true)
            int partition,

            @JsonProperty(value = "source_first_offset", required = true)
            long sourceFirst,

            @JsonProperty(value = "source_last_offset", required = true)
            long sourceLast,

            @JsonProperty("target_first_offset") @Nullable Long targetFirst,
            @JsonProperty("target_last_offset") @Nullable Long targetLast,
            @JsonProperty("source_topic") @Nullable String sourceTopic,
            @JsonProperty("source_partition") @Nullable Integer sourcePartition) {
        MappedRange range() {
            TopicPartition target = new TopicPartition(topic, partition);
            TopicPartition source = new TopicPartition(
                    sourceTopic == null ? topic : sourceTopic, sourcePartition == null ? partition : sourcePartition);
            if (targetFirst == null || targetLast == null) {
                return new MappedRange(
                        source, sourceFirst, sourceLast + 1, sourceLast - sourceFirst + 1, Optional.empty());
            }
            return new MappedRange(
                    source,
                    sourceFirst,
                    sourceLast + 1,
                    targetLast - targetFirst + 1,
                    Optional.of(new To(target, targetFirst, targetLast + 1)));
        }
    }
}
