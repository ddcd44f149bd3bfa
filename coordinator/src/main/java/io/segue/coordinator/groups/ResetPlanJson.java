package io.segue.coordinator.groups;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A reset plan as a JSON document, version 1: the peer's fields (its format §6.2), ours beside them; {@code docs/groups.md}
 * has them. Written and read as a stream, the groups last, so that a plan for any number of groups fits.
 */
public final class ResetPlanJson {
    private static final int VERSION = 1;
    private static final String GROUPS = "groups";
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ResetPlanJson() {}

    /** Writes a plan group by group; the stream under it stays open. */
    public static final class Writer implements AutoCloseable {
        private final JsonGenerator json;

        public Writer(OutputStream out, PlanOrigin origin) {
            try {
                json = JSON.createGenerator(out)
                        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                        .useDefaultPrettyPrinter();
                json.writeStartObject();
                json.writeNumberField("version", VERSION);
                ObjectNode head = JSON.valueToTree(PlanFile.Head.of(origin));
                for (Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> field : head.properties()) {
                    json.writeFieldName(field.getKey());
                    json.writeTree(field.getValue());
                }
                json.writeArrayFieldStart(GROUPS);
            } catch (IOException e) {
                throw unwritten(e);
            }
        }

        public void group(GroupPlan group) {
            try {
                json.writeTree(JSON.valueToTree(PlanFile.Group.of(group)));
            } catch (IOException e) {
                throw unwritten(e);
            }
        }

        @Override
        public void close() {
            try {
                json.writeEndArray();
                json.writeEndObject();
                json.close();
            } catch (IOException e) {
                throw unwritten(e);
            }
        }

        private static UncheckedIOException unwritten(IOException e) {
            return new UncheckedIOException("the reset plan cannot be written: " + e.getMessage(), e);
        }
    }

    public static byte[] write(ResetPlan plan) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Writer writer = new Writer(out, plan.made())) {
            plan.groups().forEach(writer::group);
        }
        return out.toByteArray();
    }

    /**
     * Reads a plan group by group; the stream is closed.
     *
     * @param name of the file or object, for messages
     * @param groups told of each group
     * @throws InvalidPlanException if it is none of this version, or damaged
     */
    public static PlanOrigin read(String name, InputStream in, Consumer<GroupPlan> groups) {
        try (JsonParser json = JSON.createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidPlanException(name + " is no reset plan: expected an object", null);
            }
            ObjectNode head = JSON.createObjectNode();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals(GROUPS)) {
                    return groups(name, json, head, groups);
                }
                head.set(field, JSON.readTree(json));
            }
            throw new InvalidPlanException(name + " is no reset plan: it has no groups", null);
        } catch (JsonProcessingException e) {
            throw new InvalidPlanException(
                    name + " is no reset plan: " + e.getOriginalMessage() + " (line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ")",
                    e);
        } catch (IllegalArgumentException e) {
            throw new InvalidPlanException(name + " is no reset plan: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static PlanOrigin groups(String name, JsonParser json, ObjectNode head, Consumer<GroupPlan> groups)
            throws IOException {
        int version = head.path("version").asInt(0);
        if (version != VERSION) {
            throw new InvalidPlanException(
                    name + " is no reset plan of version " + VERSION + ", but "
                            + (version == 0 ? "without a version: another tool made it" : "of version " + version)
                            + "; make it with 'kafka-backup offset-reset plan'",
                    null);
        }
        PlanOrigin origin = JSON.treeToValue(head, PlanFile.Head.class).origin();
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new InvalidPlanException(name + " is no reset plan: groups is no list", null);
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            groups.accept(JSON.readValue(json, PlanFile.Group.class).plan());
        }
        if (json.currentToken() != JsonToken.END_ARRAY || json.nextToken() != JsonToken.END_OBJECT) {
            throw new InvalidPlanException(name + " is no reset plan: it was cut off or changed after groups", null);
        }
        return origin;
    }

    /** The whole plan. */
    public static ResetPlan read(String name, byte[] content) {
        List<GroupPlan> groups = new ArrayList<>();
        return new ResetPlan(read(name, new ByteArrayInputStream(content), groups::add), groups);
    }
}
