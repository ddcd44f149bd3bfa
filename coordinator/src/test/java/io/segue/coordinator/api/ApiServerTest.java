package io.segue.coordinator.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.coordinator.api.ApiWorld.Answer;
import io.segue.coordinator.jobs.Jobs.CommandReply;
import io.segue.coordinator.jobs.Jobs.Readiness;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.view.FleetReport;
import io.segue.protocol.job.view.JobView.Log;
import io.segue.protocol.job.view.JobView.Tasks;
import io.segue.protocol.mapping.MappingDocument;
import io.segue.protocol.store.StoreException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API over a real HTTP server. D3 as far as it needs no credentials: oversize, wrong type, odd paths, odd bodies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ApiServerTest {
    private static final String TYPE = "Content-Type: application/json\r\n";

    private final ApiWorld api;

    ApiServerTest() throws Exception {
        api = new ApiWorld();
    }

    @BeforeAll
    void jobsAreThere() {
        api.jobs.put(ApiWorld.running("restore-0-there", 250, new Log(7, 0, List.of("Phase 1: Restore Data"))));
    }

    @BeforeEach
    void allIsWell() {
        api.jobs.failWith(null);
        api.jobs.onCommand(reply -> reply);
        api.jobs.readiness(new Readiness(true, true, true));
    }

    @AfterAll
    void close() throws Exception {
        api.close();
    }

    @Test
    void aJobIsSubmittedOnceHoweverOftenItIsSent() throws Exception {
        Answer first = api.post("/v1/jobs", ApiWorld.submission(), "Idempotency-Key", "key-1");
        Answer second = api.post("/v1/jobs", ApiWorld.submission(), "Idempotency-Key", "key-1");
        Answer other = api.post(
                "/v1/jobs",
                ApiWorld.submission("restore", ApiWorld.CONFIG, "{\"dry-run\": \"true\"}"),
                "Idempotency-Key",
                "key-1");
        Answer without = api.post("/v1/jobs", ApiWorld.submission());

        String id = first.body().path("jobId").asText();
        assertEquals(201, first.status());
        assertEquals("/v1/jobs/" + id, first.header("Location"));
        assertEquals("PLANNED", first.body().path("state").asText());
        assertEquals(200, second.status());
        assertEquals(id, second.body().path("jobId").asText());
        assertEquals(409, other.status());
        assertEquals("idempotency-conflict", other.code());
        assertTrue(other.message().contains(id), other.message());
        assertEquals(201, without.status());
        assertEquals(ApiWorld.CONFIG, api.jobs.submission(id).config());
        assertEquals(JobKind.RESTORE, api.jobs.submission(id).kind());
        assertEquals("127.0.0.1", api.jobs.submission(id).submittedBy());
    }

    @Test
    void problemsOfAConfigurationHaveTheirPlaces() throws Exception {
        Answer answer = api.post("/v1/jobs", ApiWorld.submission("restore", "mode: restore\nbackup_idd: b\n", "{}"));

        assertEquals(422, answer.status());
        assertEquals("bad-config", answer.code());
        JsonNode problem = answer.body().path("problems").path(3);
        assertEquals("backup_idd", problem.path("key").asText(), answer.body().toPrettyString());
        assertEquals(2, problem.path("line").asInt());
        assertEquals(1, problem.path("column").asInt());
        assertTrue(problem.path("hint").asText().contains("backup_id"), problem.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "not json                                   | is not JSON",
                "[]                                         | is not a JSON object",
                "{\"kind\":\"restore\",\"config\":\"x\"} {} | is not JSON",
                "{\"kind\":\"restore\",\"kind\":\"backup\"} | is not JSON",
                "{}                                         | member 'kind' is missing",
                "{\"kind\":\"restore\"}                     | member 'config' is missing",
                "{\"kind\":\"reset\",\"config\":\"\"}       | kind is one of restore, backup, validation, scan, verification, not 'reset'",
                "{\"kind\":7,\"config\":\"\"}               | member 'kind' is not a text",
                "{\"kind\":\"restore\",\"config\":\"\",\"optoins\":{}} | did you mean 'options'?",
                "{\"kind\":\"restore\",\"config\":\"\",\"options\":{\"dryrun\":\"true\"}} | did you mean 'dry-run'?",
                "{\"kind\":\"backup\",\"config\":\"\",\"options\":{\"dry-run\":\"true\"}} | a backup takes no option 'dry-run'",
                "{\"kind\":\"restore\",\"config\":\"\",\"options\":{\"dry-run\":true}} | 'options.dry-run' is not a text",
                "{\"kind\":\"restore\",\"config\":\"\",\"options\":[]} | member 'options' is not an object",
                "{\"kind\":\"restore\",\"config\":\"\",\"submittedBy\":\"a\\nb\"} | is not a name",
            })
    void oddBodiesAreRefused(String body, String message) throws Exception {
        int before = api.jobs.ids().size();

        Answer answer = api.post("/v1/jobs", body);

        assertEquals(400, answer.status());
        assertEquals("bad-body", answer.code());
        assertTrue(answer.message().contains(message), answer.message());
        assertEquals(before, api.jobs.ids().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"})
    void otherContentTypesAreRefused(String type) throws Exception {
        String header = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
        for (String path : List.of("/v1/jobs", "/v1/jobs/restore-0-there/cancel")) {
            String answer =
                    api.raw("POST " + path + " HTTP/1.1\r\nHost: x\r\n" + header + "Content-Length: 2\r\n\r\n{}");

            assertTrue(answer.startsWith("HTTP/1.1 415"), answer);
            assertTrue(answer.contains("\"code\":\"wrong-content-type\""), answer);
        }
        assertEquals(List.of(), api.jobs.commands("restore-0-there"));
    }

    @Test
    void aContentTypeMayNameItsCharset() throws Exception {
        String answer = api.raw("POST /v1/jobs HTTP/1.1\r\nHost: x\r\nContent-Type: Application/JSON; charset=utf-8\r\n"
                + "Content-Length: 2\r\n\r\n{}");

        assertTrue(answer.contains("member 'kind' is missing"), answer);
    }

    @Test
    void anOversizeBodyIsRefusedWhetherItsLengthIsSaidOrNot() throws Exception {
        String announced =
                api.raw("POST /v1/jobs HTTP/1.1\r\nHost: x\r\n" + TYPE + "Content-Length: 900000000\r\n\r\n");
        Answer streamed = api.send(HttpRequest.newBuilder(api.uri("/v1/jobs"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[ApiLimits.BODY + 1])))
                .build());

        assertTrue(announced.startsWith("HTTP/1.1 413"), announced);
        assertTrue(announced.contains("\"code\":\"too-large\""), announced);
        assertEquals(413, streamed.status());
        assertEquals("too-large", streamed.code());
    }

    @Test
    void aConfigurationThatIsTooLongIsRefused() throws Exception {
        Answer answer = api.post("/v1/jobs", ApiWorld.submission("restore", "#".repeat(ApiLimits.CONFIG + 1), "{}"));

        assertEquals(413, answer.status());
        assertEquals("too-large", answer.code());
        assertTrue(answer.message().contains("longer than"), answer.message());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/jobs/../fleet, 400, bad-path",
        "/v1/jobs/%2e%2e/fleet, 400, bad-path",
        "/v1//jobs, 400, bad-path",
        "/v1/jobs/restore-0-there;x=1, 400, bad-path",
        "/v1/jobs/a%00b, 400, bad-path",
        "/v1/jobs/a%2Fb, 400, bad-path",
        "/v1/jobs/%zz, 400, bad-path",
        "/v1/jobs\\..\\fleet, 400, bad-path",
        "*, 404, no-such-path",
        "/v1/jobs/RESTORE-1, 400, bad-parameter",
        "/v1/jobs/ab, 400, bad-parameter",
        "/v1/jobs/restore-unknown, 404, no-such-job",
        "/v1/jobs/restore-unknown/events, 404, no-such-job",
        "/v1/jobs/restore-unknown/mapping, 404, no-mapping",
        "/v1/jobs/restore-0-there/tasks, 404, no-such-path",
        "/v1/, 400, bad-path",
        "/, 404, no-such-path",
        "/v1/jobs?limit=0, 400, bad-parameter",
        "/v1/jobs?limit=1001, 400, bad-parameter",
        "/v1/jobs?limit=x, 400, bad-parameter",
        "/v1/jobs?limit=1&limit=2, 400, bad-parameter",
        "/v1/jobs/restore-0-there/events?after=-1, 400, bad-parameter",
    })
    void oddPathsAreRefused(String path, int status, String code) throws Exception {
        String answer = api.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");

        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
        assertTrue(answer.contains("\"code\":\"" + code + "\""), answer);
        assertTrue(answer.contains("\"hint\":"), answer);
    }

    @Test
    void whatIsNoRequestIsRefused() throws Exception {
        String tooLong = api.raw("GET /" + "a".repeat(3_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        String bigHeader = api.raw("GET /health HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20_000) + "\r\n\r\n");
        String noHttp = api.raw("HELLO\r\n\r\n");

        assertTrue(tooLong.contains(" 400 ") && tooLong.contains("bad-request"), tooLong);
        assertTrue(bigHeader.contains(" 400 ") && bigHeader.contains("bad-request"), bigHeader);
        assertTrue(noHttp.contains(" 400"), noHttp);
        assertEquals(200, api.get("/health").status());
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() throws Exception {
        Answer answer =
                api.send(HttpRequest.newBuilder(api.uri("/v1/jobs")).DELETE().build());
        Answer command = api.get("/v1/jobs/restore-0-there/pause");

        assertEquals(405, answer.status());
        assertEquals("wrong-method", answer.code());
        assertEquals("POST, GET", answer.header("Allow"));
        assertEquals("POST", command.header("Allow"));
    }

    @Test
    void jobsAreListedWithoutTheirLogsAndShownWithThem() throws Exception {
        Answer list = api.get("/v1/jobs?limit=1000");
        Answer one = api.get("/v1/jobs/restore-0-there");

        assertEquals(api.jobs.ids().size(), list.body().path("jobs").size());
        list.body()
                .path("jobs")
                .forEach(job -> assertEquals(0, job.at("/log/lines").size()));
        assertEquals("Phase 1: Restore Data", one.body().at("/log/lines/0").asText());
        assertEquals(250, one.body().at("/progress/recordsDone").asInt());
        assertEquals(1, api.get("/v1/jobs?limit=1").body().path("jobs").size());
    }

    @Test
    void commandsAreStoredWithWhoAndWhen() throws Exception {
        String job = "restore-0-commands";
        api.jobs.put(ApiWorld.running(job, 0, Log.NONE));
        Answer first = api.post("/v1/jobs/" + job + "/pause", "{\"submittedBy\": \"ada@desk\"}");
        for (String verb : List.of("resume", "cancel", "thaw", "retry")) {
            assertEquals(202, api.post("/v1/jobs/" + job + "/" + verb, "").status());
        }
        api.post("/v1/jobs/" + job + "/retry", "{\"tasks\": [\"orders-2\"]}");
        api.post("/v1/jobs/" + job + "/thaw", "{\"force\": true}");

        assertEquals(202, first.status());
        assertEquals(1, first.body().path("command").asInt());
        List<JobCommand> stored = api.jobs.commands(job);
        assertEquals("ada@desk", stored.get(0).by());
        assertTrue(stored.get(0).at() > 1_700_000_000_000L);
        assertEquals(
                List.of("Pause", "Resume", "Cancel", "Thaw", "RetryFailed", "RetryFailed", "Thaw"),
                stored.stream()
                        .map(command -> command.getClass().getSimpleName())
                        .toList());
        assertEquals(List.of("orders-2"), ((JobCommand.RetryFailed) stored.get(5)).tasks());
        assertTrue(((JobCommand.Thaw) stored.get(6)).force());
        assertEquals(
                400, api.post("/v1/jobs/" + job + "/pause", "{\"force\": true}").status());
        assertEquals(
                400, api.post("/v1/jobs/" + job + "/retry", "{\"tasks\": [1]}").status());
    }

    @Test
    void commandsThatCannotBeTakenSayWhy() throws Exception {
        api.jobs.onCommand(reply -> new CommandReply.Refused("the job has ended"));

        Answer ended = api.post("/v1/jobs/restore-0-there/retry", "{}");
        Answer unknown = api.post("/v1/jobs/restore-unknown/retry", "{}");

        assertEquals(409, ended.status());
        assertEquals("the job has ended", ended.message());
        assertEquals(404, unknown.status());
        assertEquals("no-such-job", unknown.code());
    }

    @Test
    void aMappingIsDownloaded() throws Exception {
        api.jobs.mapping("restore-0-there", new MappingDocument("source", "target", 1_700_000_000_000L, List.of()));

        Answer answer = api.get("/v1/jobs/restore-0-there/mapping");

        assertEquals(200, answer.status());
        assertTrue(
                answer.body().path("detailed_mappings").isObject(),
                answer.response().body());
    }

    @Test
    void restoresAreFoundByWhereTheyWroteTo() throws Exception {
        api.jobs.mapping("restore-0-there", new MappingDocument("source", "target", 1_700_000_000_000L, List.of()));

        assertEquals(
                "restore-0-there",
                api.get("/v1/jobs?target_cluster=target")
                        .body()
                        .at("/jobs/0/jobId")
                        .asText());
        assertEquals(
                0,
                api.get("/v1/jobs?target_cluster=target&topic=orders")
                        .body()
                        .path("jobs")
                        .size());
        assertEquals(
                0, api.get("/v1/jobs?target_cluster=other").body().path("jobs").size());
        assertEquals(400, api.get("/v1/jobs?target_cluster=").status());
    }

    @Test
    void aStoreThatDoesNotAnswerIsSaidWithoutItsSecrets() throws Exception {
        api.jobs.failWith(new StoreException.Unavailable("s3://bucket?key=hunter2 timed out", null));

        for (String path :
                List.of("/v1/jobs", "/v1/jobs/restore-0-there", "/v1/jobs/restore-0-there/events", "/v1/fleet")) {
            Answer answer = api.get(path);
            assertEquals(503, answer.status(), path);
            assertEquals("store-unavailable", answer.code());
            assertEquals("1", answer.header("Retry-After"));
            assertTrue(
                    !answer.response().body().contains("hunter2"),
                    answer.response().body());
        }
        assertEquals(200, api.get("/health").status());
    }

    @Test
    void aBugIsAnsweredAsOne() throws Exception {
        api.jobs.failWith(new IllegalStateException("internals"));

        Answer answer = api.get("/v1/jobs");

        assertEquals(500, answer.status());
        assertEquals("bug", answer.code());
        assertTrue(!answer.response().body().contains("internals"));
    }

    @Test
    void readinessSaysWhatIsMissing() throws Exception {
        assertEquals(200, api.get("/ready").status());
        api.jobs.readiness(new Readiness(true, true, false));

        Answer answer = api.get("/ready");

        assertEquals(503, answer.status());
        assertTrue(!answer.body().path("leader").asBoolean(true));
        assertTrue(answer.body().path("store").asBoolean());
        assertEquals(200, api.get("/health").status());
    }

    @Test
    void metricsShowTheFleetAndTheRequests() throws Exception {
        api.jobs.fleet(new FleetReport(
                FleetReport.VERSION,
                "coordinator-1",
                new FleetReport.Leader("coordinator-1", 7, "http://127.0.0.1:8700"),
                List.of(
                        new FleetReport.Worker("worker-1", FleetReport.Condition.READY, null, 4, 3, 1_000, 100),
                        new FleetReport.Worker("worker-2", FleetReport.Condition.SUSPECT, null, 4, 0, 0, 9_000)),
                new FleetReport.Activity(Map.of(JobState.RUNNING, 2), new Tasks(10, 4, 3, 1), 1_000, 64_000, 5)));
        api.get("/v1/fleet");

        Answer answer = api.get("/metrics");

        List<String> lines = answer.response().body().lines().toList();
        for (String line : List.of(
                "segue_jobs{state=\"running\"} 2.0",
                "segue_jobs{state=\"failed\"} 0.0",
                "segue_tasks{state=\"waiting\"} 2.0",
                "segue_workers{condition=\"ready\"} 1.0",
                "segue_workers{condition=\"suspect\"} 1.0",
                "segue_slots 8.0",
                "segue_slots_used 3.0",
                "segue_leader 1.0",
                "segue_leader_epoch 7.0",
                "segue_records_total 1000.0",
                "segue_bytes_total 64000.0",
                "segue_lease_expiries_total 5.0")) {
            assertTrue(
                    lines.contains(line),
                    () -> line + " in " + answer.response().body());
        }
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.startsWith(
                                "segue_api_requests_seconds_count{method=\"GET\",route=\"/v1/fleet\",status=\"200\"}")),
                answer.response().body());
    }
}
