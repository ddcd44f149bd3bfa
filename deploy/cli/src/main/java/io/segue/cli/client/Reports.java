package io.segue.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.protocol.job.JobKind;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How reports of jobs read, by kind. A kind without an entry is shown as the JSON that it is.
 *
 * @param texts from what the coordinator answers to what the embedded command prints
 * @param documents the same with {@code --output json}
 */
public record Reports(Map<JobKind, Function<JsonNode, String>> texts, Map<JobKind, UnaryOperator<JsonNode>> documents) {
    /** Of one who asks for no report. */
    public static final Reports NONE = new Reports(Map.of(), Map.of());

    public Reports {
        texts = Map.copyOf(texts);
        documents = Map.copyOf(documents);
    }

    JsonNode document(JobKind kind, JsonNode report) {
        return documents.getOrDefault(kind, UnaryOperator.identity()).apply(report);
    }

    String of(JobKind kind, JsonNode report) {
        Function<JsonNode, String> text = texts.get(kind);
        return text == null ? report.toPrettyString() : text.apply(report);
    }
}
