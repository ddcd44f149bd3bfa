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
import io.segue.protocol.mapping.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The JSON of jobs: sorted keys, so that equal values are equal bytes; runs as flat arrays of differences. */
public final class JobJson {
    private JobJson() {}

    public static ObjectMapper mapper() {
        SimpleModule module = new SimpleModule("segue-jobs")
                .addSerializer(TopicPartition.class, new PartitionWriter())
                .addDeserializer(TopicPartition.class, new PartitionReader());
        return JsonMapper.builder()
                .addModule(module)
                .addMixIn(Fragment.class, FragmentMixIn.class)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .build();
    }

    interface FragmentMixIn {
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
            int slash = text.lastIndexOf('/');
            if (slash < 1 || !text.substring(slash + 1).matches("[0-9]{1,9}")) {
                throw context.weirdStringException(text, TopicPartition.class, "expected topic/partition");
            }
            return new TopicPartition(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
        }
    }

    /** {@code [source − previous source end, target − previous target end, length, …]}. */
    private static final class RunsWriter extends JsonSerializer<List<Run>> {
        @Override
        public void serialize(List<Run> runs, JsonGenerator out, SerializerProvider provider) throws IOException {
            long source = 0;
            long target = 0;
            out.writeStartArray();
            for (Run run : runs) {
                out.writeNumber(run.source() - source);
                out.writeNumber(run.target() - target);
                out.writeNumber(run.length());
                source = run.sourceEnd();
                target = run.targetEnd();
            }
            out.writeEndArray();
        }
    }

    private static final class RunsReader extends JsonDeserializer<List<Run>> {
        @Override
        public List<Run> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            long[] flat = in.readValueAs(long[].class);
            if (flat.length % 3 != 0) {
                throw context.weirdStringException("runs", List.class, "expected triples, found " + flat.length);
            }
            List<Run> runs = new ArrayList<>(flat.length / 3);
            long source = 0;
            long target = 0;
            for (int i = 0; i < flat.length; i += 3) {
                Run run = new Run(source + flat[i], target + flat[i + 1], flat[i + 2]);
                runs.add(run);
                source = run.sourceEnd();
                target = run.targetEnd();
            }
            return runs;
        }
    }
}
