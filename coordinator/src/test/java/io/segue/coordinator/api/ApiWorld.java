package io.segue.coordinator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.coordinator.jobs.FakeJobs;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.job.view.JobView.Log;
import io.segue.protocol.job.view.JobView.Progress;
import io.segue.protocol.job.view.JobView.Tasks;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An API over jobs in memory, on a free port. */
final class ApiWorld implements AutoCloseable {
    static final String CONFIG = """
            mode: restore
            backup_id: b1
            target: {bootstrap_servers: ["localhost:9092"]}
            storage: {backend: filesystem, path: /backups}
            """;
    private static final ObjectMapper JSON = new ObjectMapper();

    final FakeJobs jobs = new FakeJobs(Map.of());
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Vertx vertx = Vertx.vertx();
    private final ApiServer server;

    ApiWorld() throws Exception {
        this(Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    ApiWorld(Duration heartbeat, Duration idle) throws Exception {
        server = ApiServer.start(vertx, jobs, "127.0.0.1", 0, heartbeat, idle).await(20, TimeUnit.SECONDS);
    }

    /** An answer; {@code body} is missing where it is not JSON. */
    record Answer(int status, HttpResponse<String> response, JsonNode body) {
        String code() {
            return body.at("/error/code").asText();
        }

        String message() {
            return body.at("/error/message").asText();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    int port() {
        return server.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpClient client() {
        return client;
    }

    Answer get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    Answer post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    Answer send(HttpRequest request) throws Exception {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        boolean json = response.headers().firstValue("Content-Type").orElse("").equals("application/json");
        return new Answer(response.statusCode(), response, json ? JSON.readTree(response.body()) : JSON.missingNode());
    }

    /** What is answered to bytes that no client library would send. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.ISO_8859_1)
                    + new String(in.readNBytes(Math.max(0, in.available())), StandardCharsets.ISO_8859_1);
        }
    }

    static String submission() {
        return submission("restore", CONFIG, "{}");
    }

    static String submission(String kind, String config, String options) {
        try {
            return "{\"kind\": \"" + kind + "\", \"config\": " + JSON.writeValueAsString(config) + ", \"options\": "
                    + options + "}";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static JobView running(String jobId, long records, Log log) {
        return new JobView(
                JobView.VERSION,
                jobId,
                JobKind.RESTORE,
                JobState.RUNNING,
                1_700_000_000_000L,
                1_700_000_001_000L,
                0,
                new Progress("Phase 1: Restore Data", records, 1_000, records * 100, new Tasks(8, 2, 3, 0)),
                log,
                null);
    }

    static JobView ended(String jobId, int commands, Log log) {
        JobView view = running(jobId, 1_000, log);
        return FakeJobs.with(
                view,
                JobState.COMPLETED,
                commands,
                view.progress(),
                log,
                new JobView.Outcome(0, List.of(), JSON.createObjectNode().put("records", 1_000)));
    }

    @Override
    public void close() throws TimeoutException {
        server.close().await(20, TimeUnit.SECONDS);
        vertx.close().await(20, TimeUnit.SECONDS);
    }
}
