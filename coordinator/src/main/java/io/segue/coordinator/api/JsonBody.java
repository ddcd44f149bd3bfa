package io.segue.coordinator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.protocol.config.yaml.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The body of a request: one JSON object whose members are all known. Whatever is odd is thrown as {@code bad-body}. */
final class JsonBody {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode root;

    private JsonBody(ObjectNode root) {
        this.root = root;
    }

    /** @param text an empty one stands for an empty object */
    static JsonBody parse(String text, List<String> known) {
        if (text.isBlank()) {
            return new JsonBody(JsonNodeFactory.instance.objectNode());
        }
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw ApiError.badBody("the body is not JSON: " + e.getOriginalMessage())
                    .thrown();
        }
        if (!(node instanceof ObjectNode object)) {
            throw ApiError.badBody("the body is not a JSON object").thrown();
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw ApiError.badBody("unknown member '" + name + "'"
                                + Spelling.nearest(name, known)
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse(""))
                        .thrown();
            }
        });
        return new JsonBody(object);
    }

    String text(String name) {
        return findText(name)
                .orElseThrow(() ->
                        ApiError.badBody("member '" + name + "' is missing").thrown());
    }

    Optional<String> findText(String name) {
        JsonNode node = root.get(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw ApiError.badBody("member '" + name + "' is not a text").thrown();
        }
        return Optional.of(node.textValue());
    }

    /** False if absent. */
    boolean flag(String name) {
        JsonNode node = root.get(name);
        if (node != null && !node.isBoolean()) {
            throw ApiError.badBody("member '" + name + "' is neither true nor false")
                    .thrown();
        }
        return node != null && node.booleanValue();
    }

    /** Empty if absent. */
    List<String> texts(String name) {
        JsonNode node = root.get(name);
        List<String> texts = new ArrayList<>();
        if (node != null) {
            if (!node.isArray()) {
                throw ApiError.badBody("member '" + name + "' is not a list of texts")
                        .thrown();
            }
            for (JsonNode element : node) {
                if (!element.isTextual()) {
                    throw ApiError.badBody("member '" + name + "' is not a list of texts")
                            .thrown();
                }
                texts.add(element.textValue());
            }
        }
        return texts;
    }

    /** Empty if absent. */
    Map<String, String> textsByName(String name) {
        JsonNode node = root.get(name);
        Map<String, String> texts = new TreeMap<>();
        if (node != null) {
            if (!node.isObject()) {
                throw ApiError.badBody("member '" + name + "' is not an object").thrown();
            }
            node.properties().forEach(entry -> {
                if (!entry.getValue().isTextual()) {
                    throw ApiError.badBody("'" + name + "." + entry.getKey() + "' is not a text")
                            .thrown();
                }
                texts.put(entry.getKey(), entry.getValue().textValue());
            });
        }
        return texts;
    }
}
