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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

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

    /** Reads a plan group by group. */
    public static final class Reader implements Iterator<GroupPlan>, AutoCloseable {
        private final String name;
        private final JsonParser json;
        private final PlanOrigin origin;
        private boolean more;

        /**
         * Closes the stream with itself.
         *
         * @param name of the file or object, for messages
         * @throws InvalidPlanException if it is none of this version, or damaged; so do the other methods
         */
        public Reader(String name, InputStream in) {
            this.name = name;
            try {
                json = JSON.createParser(in);
            } catch (IOException e) {
                throw new UncheckedIOException(name + " cannot be read: " + e.getMessage(), e);
            }
            origin = asked(() -> head(name, json));
            more = asked(() -> another(name, json));
        }

        public PlanOrigin origin() {
            return origin;
        }

        @Override
        public boolean hasNext() {
            return more;
        }

        @Override
        public GroupPlan next() {
            if (!more) {
                throw new NoSuchElementException("the plan has no more groups");
            }
            GroupPlan group =
                    asked(() -> JSON.readValue(json, PlanFile.Group.class).plan());
            more = asked(() -> another(name, json));
            return group;
        }

        private <T> T asked(Reading<T> reading) {
            return ResetPlanJson.asked(name, reading);
        }

        @Override
        public void close() {
            try {
                json.close();
            } catch (IOException e) {
                throw new UncheckedIOException(name + " cannot be closed: " + e.getMessage(), e);
            }
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T asked(String name, Reading<T> reading) {
        try {
            return reading.read();
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

    private static PlanOrigin head(String name, JsonParser json) throws IOException {
        require(name, json.nextToken() == JsonToken.START_OBJECT, "expected an object");
        ObjectNode head = JSON.createObjectNode();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals(GROUPS)) {
                int version = head.path("version").asInt(0);
                require(
                        name,
                        version == VERSION,
                        (version == 0 ? "without a version, another tool made it" : "it is of version " + version)
                                + "; make it with 'kafka-backup offset-reset plan'");
                require(name, value == JsonToken.START_ARRAY, "groups is no list");
                return JSON.treeToValue(head, PlanFile.Head.class).origin();
            }
            head.set(field, JSON.readTree(json));
        }
        throw new InvalidPlanException(name + " is no reset plan: it has no groups", null);
    }

    private static boolean another(String name, JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        if (token == JsonToken.START_OBJECT) {
            return true;
        }
        require(
                name,
                token == JsonToken.END_ARRAY && json.nextToken() == JsonToken.END_OBJECT,
                "it was cut off, or changed after its groups");
        return false;
    }

    private static void require(String name, boolean met, String problem) {
        if (!met) {
            throw new InvalidPlanException(name + " is no reset plan: " + problem, null);
        }
    }

    /** The whole plan. */
    public static ResetPlan read(String name, byte[] content) {
        try (Reader reader = new Reader(name, new ByteArrayInputStream(content))) {
            List<GroupPlan> groups = new ArrayList<>();
            reader.forEachRemaining(groups::add);
            return new ResetPlan(reader.origin(), groups);
        }
    }
}
