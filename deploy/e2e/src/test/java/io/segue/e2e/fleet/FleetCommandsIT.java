package io.segue.e2e.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.segue.e2e.CommandLine;
import io.segue.e2e.Groups;
import io.segue.protocol.store.ObjectStore;
import io.segue.sandbox.faults.InjectedFault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with the jobs of a fleet: watch, pause, resume, retry, cancel; and what the API answers. */
class FleetCommandsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory = Path.of("");

    private final SharedFleet shared = SharedFleet.get();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aJobIsWatchedPausedAndResumed() throws Exception {
        Workload workload = new Workload("watched", 0).topic("watched", 9, 25_000);
        String config = workload.write(directory, "").toString();
        CommandLine commands = shared.commands(directory);
        CommandLine.Running restore = commands.start("three-phase-restore", "--config", config);
        CommandLine.Ended paused;
        try (InjectedFault slow = workload.slowly();
                TargetEnds ends = new TargetEnds(workload.partitions())) {
            assertTrue(
                    ends.await(workload.records() / 6, () -> !restore.process().isAlive()), "too fast");
            JsonNode job = JSON.readTree(get("/v1/jobs?limit=1")).path("jobs").path(0);
            String id = job.path("jobId").asText();
            assertEquals(9, job.path("progress").path("tasks").path("total").asInt(), job::toString);
            assertTrue(job.path("progress").path("tasks").path("running").asInt() > 0, job::toString);
            assertTrue(get("/metrics").contains("segue_tasks{state=\"running\"}"));
            commands.run("jobs", "pause", id).expect(0);
            paused = restore.await().expect(4);
            assertTrue(paused.err().contains("paused"), paused.err());
            assertTrue(commands.run("jobs", "show", id).expect(0).out().contains("paused"));
            assertTrue(commands.run("fleet").expect(0).out().contains("worker-3"));
            CommandLine.Ended again =
                    commands.run("three-phase-restore", "--config", config).expect(2);
            assertTrue(again.err().contains("resume " + id), again.err());
            commands.run("jobs", "follow", id).expect(4);
            assertTrue(slow.fired() > 0, "segments were read slowly");
        }
        commands.run("resume", paused.job()).expect(0);
        workload.assertExact();
        assertEquals(
                100,
                percent(JSON.readTree(get("/v1/jobs/" + paused.job())).path("progress")),
                "what two runs of the job moved counts once");
    }

    private static long percent(JsonNode progress) {
        return 100
                * progress.path("recordsDone").asLong()
                / progress.path("recordsTotal").asLong();
    }

    @Test
    void whatFailedIsTriedAgainWhenItsSegmentIsBack() throws Exception {
        Workload workload = new Workload("mended", 0).topic("mended", 3, 500);
        String config = workload.write(directory, "").toString();
        try (ObjectStore store = SharedFleet.store("fleet-backups")) {
            String key =
                    store.list("mended/topics/mended/partition=1/", 10).get(0).key();
            byte[] intact = store.read(key, 1 << 20);
            store.delete(key);
            CommandLine.Ended partly = shared.commands(directory)
                    .run("three-phase-restore", "--config", config)
                    .expect(3);
            assertTrue(partly.out().contains(key), partly.out());
            store.put(key, intact);
            shared.commands(directory).run("jobs", "retry", partly.job()).expect(0);
            shared.commands(directory).run("jobs", "follow", partly.job()).expect(0);
        }
        workload.assertExact();
    }

    /** Who names only the target finds through a coordinator what was restored there, and what its groups had read. */
    @Test
    void aRestoreIsFoundByWhereItWroteTo() throws Exception {
        Workload workload = new Workload("found", 0).topic("found", 2, 100).group("found-readers", "found", 37);
        CommandLine commands = shared.commands(directory);
        String config = workload.write(directory, "").toString();
        CommandLine.Ended restored =
                commands.run("three-phase-restore", "--config", config).expect(0);
        Map<TopicPartition, OffsetAndMetadata> wanted = Groups.committed(SharedFleet.bootstrap(), "found-readers");
        Groups.commit(SharedFleet.bootstrap(), "found-readers", Map.of(new TopicPartition("found", 0), 0L));

        CommandLine.Ended reset = commands.run(
                        "offset-reset",
                        "execute",
                        "--bootstrap-servers",
                        SharedFleet.bootstrap(),
                        "--strategy",
                        "from-mapping",
                        "--topics",
                        "found",
                        "--groups",
                        "found-readers")
                .expect(0);

        assertTrue(reset.err().contains("job " + restored.job() + " of the fleet"), reset.err());
        assertEquals(wanted, Groups.committed(SharedFleet.bootstrap(), "found-readers"));
    }

    @Test
    void whatIsCancelledIsOver() throws Exception {
        Workload workload = new Workload("cancelled", 0).topic("cancelled", 3, 15_000);
        CommandLine commands = shared.commands(directory);
        CommandLine.Running restore = commands.start(
                "restore", "--config", workload.write(directory, "").toString());
        try (InjectedFault slow = workload.slowly();
                TargetEnds ends = new TargetEnds(workload.partitions())) {
            assertTrue(ends.await(1, () -> !restore.process().isAlive()), "too fast");
            String id = JSON.readTree(get("/v1/jobs?limit=1"))
                    .path("jobs")
                    .path(0)
                    .path("jobId")
                    .asText();
            commands.run("jobs", "cancel", id).expect(0);
            CommandLine.Ended ended = restore.await().expect(1);
            assertTrue(ended.err().contains("cancelled by"), ended.err());
            commands.run("jobs", "resume", id).expect(1);
            assertTrue(slow.fired() > 0, "segments were read slowly");
        }
    }

    /** A client that got no answer asks again: it is the same job; with the same key for another, it is refused. */
    @Test
    void theSameRequestIsTheSameJob() throws Exception {
        Workload workload = new Workload("same", 0).topic("same", 1, 10);
        String config = Files.readString(workload.write(directory, ""));

        HttpResponse<String> first = submit(config, "the-key");
        HttpResponse<String> again = submit(config, "the-key");
        HttpResponse<String> other = submit(config + "# other\n", "the-key");

        assertEquals(201, first.statusCode(), first.body());
        assertEquals(200, again.statusCode(), again.body());
        assertEquals(409, other.statusCode(), other.body());
        String id = JSON.readTree(first.body()).path("jobId").asText();
        assertEquals(id, JSON.readTree(again.body()).path("jobId").asText());
        shared.commands(directory).run("jobs", "follow", id).expect(0);
        workload.assertExact();
    }

    private HttpResponse<String> submit(String config, String key) throws Exception {
        var body = JsonNodeFactory.instance.objectNode().put("kind", "restore").put("config", config);
        return http.send(
                HttpRequest.newBuilder(api("/v1/jobs"))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                BodyHandlers.ofString());
    }

    private String get(String path) throws Exception {
        HttpResponse<String> response =
                http.send(HttpRequest.newBuilder(api(path)).build(), BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response.body());
        return response.body();
    }

    /** Any coordinator answers; this is the last one, which may or may not lead. */
    private URI api(String path) {
        String all = shared.fleet().coordinators();
        return URI.create(all.substring(all.lastIndexOf(',') + 1) + path);
    }
}
