package io.segue.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.segue.cli.ExitCode;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.time.Backoff;
import io.segue.protocol.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Asks the coordinators of a fleet, whichever answers: one that does not, or that says that it cannot just now, is followed
 * by the next, and all of them are tried again for a while. Every request may therefore be made twice.
 */
final class CoordinatorClient {
    /** About half a minute in all: longer than a change of leaders. */
    static final Backoff PATIENCE = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), 12);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration MAKING = Duration.ofMinutes(10);
    private static final int MAX_ANSWER = 256 << 20;
    private static final ObjectMapper JSON = JobJson.mapper();

    private final Coordinators coordinators;
    private final Time time;
    private final RandomGenerator random = new Random();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private int current;

    CoordinatorClient(Coordinators coordinators, Time time) {
        this.coordinators = coordinators;
        this.time = time;
    }

    /** What was answered in place of what was asked for. */
    record Answer(int status, JsonNode body) {}

    /** What is made of an answer. */
    interface Reading<T> {
        T of(HttpResponse<InputStream> response) throws IOException;
    }

    JsonNode get(String path) throws InterruptedException {
        return ask(path, HttpRequest.newBuilder().timeout(ANSWER), CoordinatorClient::json);
    }

    /** As {@link #get}, of what the coordinator may have to make first, and may be large. */
    <T> T fetch(String path, Reading<T> reading) throws InterruptedException {
        return ask(path, HttpRequest.newBuilder().timeout(MAKING), reading);
    }

    /** @param headers names and values */
    JsonNode post(String path, JsonNode body, String... headers) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .timeout(ANSWER)
                .POST(BodyPublishers.ofString(body.toString()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return ask(path, request, CoordinatorClient::json);
    }

    private <T> T ask(String path, HttpRequest.Builder request, Reading<T> reading) throws InterruptedException {
        String last = "";
        for (int attempt = 1; ; attempt++) {
            for (int i = 0; i < coordinators.urls().size(); i++) {
                URI url = url();
                try {
                    HttpResponse<InputStream> response = open(url, path, request);
                    if (response.statusCode() < 400) {
                        return reading.of(response);
                    }
                    Answer answer = new Answer(response.statusCode(), json(response));
                    if (answer.status() != 503) {
                        throw refusal(url, answer);
                    }
                    last = url + ": " + message(answer.body());
                } catch (IOException e) {
                    last = url + ": " + reason(e);
                }
                next();
            }
            if (!PATIENCE.goesOn(attempt)) {
                throw new FleetFailure(
                        ExitCode.FAILED,
                        "no coordinator answers; the last tried was " + last
                                + "; do they run, and are their URLs right?");
            }
            time.pause(PATIENCE.after(attempt, random));
        }
    }

    /** The coordinator that is asked now. */
    URI url() {
        return coordinators.urls().get(current);
    }

    /** From now on the next one is asked. */
    void next() {
        current = (current + 1) % coordinators.urls().size();
    }

    HttpResponse<InputStream> open(URI url, String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.uri(URI.create(url + path)).build(), BodyHandlers.ofInputStream());
    }

    static JsonNode json(HttpResponse<InputStream> response) throws IOException {
        try (InputStream in = response.body()) {
            byte[] content = in.readNBytes(MAX_ANSWER + 1);
            if (content.length > MAX_ANSWER) {
                throw new IOException("the answer is larger than " + MAX_ANSWER + " bytes");
            }
            return content.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(content);
        } catch (JsonProcessingException e) {
            throw new IOException("what answers there is no coordinator", e);
        }
    }

    static FleetFailure refusal(URI url, Answer answer) {
        StringBuilder text = new StringBuilder(
                message(answer.body()).isEmpty()
                        ? url + " answers " + answer.status() + "; is it a coordinator?"
                        : message(answer.body()));
        answer.body()
                .path("problems")
                .forEach(problem -> text.append(System.lineSeparator())
                        .append("  ")
                        .append(problem.path("line").asInt())
                        .append(':')
                        .append(problem.path("column").asInt())
                        .append(": ")
                        .append(problem.path("key").asText())
                        .append(": ")
                        .append(problem.path("message").asText())
                        .append(
                                problem.has("hint")
                                        ? "; " + problem.path("hint").asText()
                                        : ""));
        String hint = answer.body().at("/error/hint").asText();
        if (!hint.isEmpty()) {
            text.append(System.lineSeparator()).append("  ").append(hint);
        }
        boolean ours = answer.status() >= 400 && answer.status() < 500 && answer.status() != 409;
        return new FleetFailure(ours ? ExitCode.USAGE : ExitCode.FAILED, text.toString(), answer.status() == 404);
    }

    private static String message(JsonNode body) {
        return body.at("/error/message").asText();
    }

    static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
