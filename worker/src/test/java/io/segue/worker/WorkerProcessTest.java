package io.segue.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.config.FleetConfig;
import io.segue.protocol.config.FleetConfig.HostPort;
import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.LeaderBeat;
import io.segue.protocol.job.message.Messages.Renewed;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.StoreException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker as its process starts it, on an event bus in memory. */
@Timeout(60)
class WorkerProcessTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private WorkerProcess start() throws InterruptedException {
        FleetConfig.Worker worker =
                new FleetConfig.Worker("w-1", 3, new HostPort("127.0.0.1", 0), directory.resolve("spool"));
        return WorkerProcess.start(vertx, worker, new InMemoryObjectStore(), Map.of());
    }

    private HttpResponse<String> request(WorkerProcess process, String method, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + process.httpPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private void lead() {
        vertx.eventBus()
                .<String>consumer(
                        Messages.heartbeatAddress("c-1"),
                        message -> message.reply(Messages.write(new Renewed(1, List.of()))));
        vertx.eventBus().publish(Messages.LEADER, Messages.write(new LeaderBeat(1, "c-1", "")));
    }

    @Test
    void saysHowItIs() throws Exception {
        try (WorkerProcess process = start()) {
            assertEquals(
                    "{\"status\":\"up\",\"slots\":3,\"running\":0}",
                    request(process, "GET", "/health").body());
            assertEquals(503, request(process, "GET", "/ready").statusCode(), "no leader knows of it");

            lead();
            while (request(process, "GET", "/ready").statusCode() != 200) {
                Thread.onSpinWait();
            }

            assertTrue(process.leave());
            assertEquals(503, request(process, "GET", "/ready").statusCode(), "it is leaving");
            assertEquals(200, request(process, "GET", "/health").statusCode());
        }
    }

    @Test
    void countsForPrometheus() throws Exception {
        try (WorkerProcess process = start()) {
            String metrics = request(process, "GET", "/metrics").body();

            for (String line : List.of(
                    "segue_worker_records_total 0.0",
                    "segue_worker_bytes_total 0.0",
                    "segue_worker_leases_lost_total 0.0",
                    "segue_worker_attempts_total{outcome=\"succeeded\"} 0.0",
                    "segue_worker_attempts_total{outcome=\"broken\"} 0.0",
                    "segue_worker_slots 3.0",
                    "segue_worker_slots_used 0.0",
                    "segue_worker_ready 0.0")) {
                assertTrue(metrics.contains(line + "\n"), () -> line + " is not in\n" + metrics);
            }
        }
    }

    @Test
    void nothingElseIsServed() throws Exception {
        try (WorkerProcess process = start()) {
            assertEquals(404, request(process, "GET", "/../etc/passwd").statusCode());
            assertEquals(405, request(process, "POST", "/health").statusCode());
        }
    }

    @Test
    void whatADeadProcessSpooledIsRemoved() throws Exception {
        Path own = Files.createDirectories(directory.resolve("spool/w-1"));
        Path left = Files.writeString(own.resolve("segment-1.spool"), "left");
        Path others = Files.createDirectories(directory.resolve("spool/w-2")).resolve("segment-2.spool");
        Files.writeString(others, "in use");

        start().close();

        assertFalse(Files.exists(left));
        assertTrue(Files.exists(others));
    }

    @Test
    void withoutItsStoreItDoesNotStart() {
        FleetConfig.Worker worker =
                new FleetConfig.Worker("w-1", 3, new HostPort("127.0.0.1", 0), directory.resolve("spool"));
        InMemoryObjectStore away = new InMemoryObjectStore((moment, operation, key) -> {
            throw new StoreException.Unavailable("s3://state: 503", null);
        });

        assertThrows(StoreException.class, () -> WorkerProcess.start(vertx, worker, away, Map.of()));
    }

    @Test
    void anAddressThatIsTakenIsNamed() throws Exception {
        try (WorkerProcess first = start()) {
            FleetConfig.Worker second = new FleetConfig.Worker(
                    "w-2", 1, new HostPort("127.0.0.1", first.httpPort()), directory.resolve("spool"));

            IllegalStateException taken = assertThrows(
                    IllegalStateException.class,
                    () -> WorkerProcess.start(vertx, second, new InMemoryObjectStore(), Map.of()));
            assertTrue(
                    String.valueOf(taken.getMessage()).startsWith("worker.http: 127.0.0.1:" + first.httpPort()),
                    taken.getMessage());
        }
    }
}
