package io.segue.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.protocol.job.JobKind;
import java.util.Map;
import java.util.function.Function;

/**
 * How reports of jobs read, by kind. A kind without an entry is shown as JSON.
 *
 * @param texts from what the coordinator answers to what the embedded command prints
 */
public record Reports(Map<JobKind, Function<JsonNode, String>> texts) {
    public Reports {
        texts = Map.copyOf(texts);
    }

    String of(JobKind kind, JsonNode report) {
        Function<JsonNode, String> text = texts.get(kind);
        return text == null ? report.toPrettyString() : text.apply(report);
    }
}
