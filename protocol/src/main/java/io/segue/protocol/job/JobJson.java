package io.segue.protocol.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.InvalidMappingException;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.mapping.RunBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The JSON of jobs: sorted keys, so that equal values are equal bytes; runs as blocks in base64. */
public final class JobJson {
    private static final ObjectMapper MAPPER = build();

    private JobJson() {}

    /** The same for everybody, for making one is costly: configure it no further. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    private static ObjectMapper build() {
        SimpleModule module = new SimpleModule("segue-jobs")
                .addSerializer(TopicPartition.class, new PartitionWriter())
                .addDeserializer(TopicPartition.class, new PartitionReader());
        return JsonMapper.builder()
                .addModule(module)
                .addMixIn(Fragment.Part.class, PartMixIn.class)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .build();
    }

    interface PartMixIn {
        @com.fasterxml.jackson.databind.annotation.JsonSerialize(using = RunsWriter.class)
        @com.fasterxml.jackson.databind.annotation.JsonDeserialize(using = RunsReader.class)
        List<Run> runs();
    }

    private static final class PartitionWriter extends JsonSerializer<TopicPartition> {
        @Override
        public void serialize(TopicPartition value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class PartitionReader extends JsonDeserializer<TopicPartition> {
        @Override
        public TopicPartition deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String text = in.getValueAsString("");
            try {
                return TopicPartition.parse(text);
            } catch (IllegalArgumentException e) {
                throw context.weirdStringException(text, TopicPartition.class, "expected topic/partition");
            }
        }
    }

    /** A block of runs, base64. */
    private static final class RunsWriter extends JsonSerializer<List<Run>> {
        @Override
        public void serialize(List<Run> runs, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeBinary(RunBlock.encode(runs));
        }
    }

    private static final class RunsReader extends JsonDeserializer<List<Run>> {
        @Override
        public List<Run> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            try {
                return RunBlock.decode(ByteBuffer.wrap(in.getBinaryValue()));
            } catch (InvalidMappingException e) {
                throw context.weirdStringException(in.getText(), List.class, String.valueOf(e.getMessage()));
            }
        }
    }
}
