package io.segue.protocol.job.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.view.JobView.Log;
import io.segue.protocol.job.view.JobView.Outcome;
import io.segue.protocol.job.view.JobView.Progress;
import io.segue.protocol.job.view.JobView.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pins what the API answers: programs of others read it. */
class GoldenViewTest {
    private static final ObjectMapper JSON = JobJson.mapper();
    private static final JobView RUNNING = new JobView(
            JobView.VERSION,
            "restore-1",
            JobKind.RESTORE,
            JobState.RUNNING,
            1_700_000_000_000L,
            1_700_000_001_000L,
            1,
            new Progress("Phase 1: Restore Data", 250, 1_000, 64_000, new Tasks(8, 2, 3, 1)),
            new Log(7, 12, List.of("Phase 1: Restore Data", "  1000 records in 512 stored bytes")),
            null);

    record Golden(String file, Object value) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Golden> goldens() {
        return Stream.of(
                new Golden("job-running", RUNNING),
                new Golden(
                        "job-refused",
                        new JobView(
                                JobView.VERSION,
                                "backup-1",
                                JobKind.BACKUP,
                                JobState.FAILED,
                                1_700_000_000_000L,
                                null,
                                0,
                                Progress.NONE,
                                Log.NONE,
                                new Outcome(
                                        2, List.of("there is a backup daily"), JsonNodeFactory.instance.objectNode()))),
                new Golden(
                        "fleet",
                        new FleetReport(
                                FleetReport.VERSION,
                                "coordinator-2",
                                new FleetReport.Leader("coordinator-1", 7, "http://127.0.0.1:8700"),
                                List.of(
                                        new FleetReport.Worker(
                                                "worker-1",
                                                FleetReport.Condition.DRAINING,
                                                null,
                                                4,
                                                3,
                                                12_000_000,
                                                400),
                                        new FleetReport.Worker(
                                                "worker-2",
                                                FleetReport.Condition.BLIND,
                                                "does not see probe/7",
                                                4,
                                                0,
                                                0,
                                                400)),
                                new FleetReport.Activity(
                                        Map.of(JobState.RUNNING, 1, JobState.COMPLETED, 5),
                                        new Tasks(8, 2, 3, 1),
                                        250,
                                        64_000,
                                        2))));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void isWrittenAndReadAsItWas(Golden golden) throws IOException {
        String text = text(golden);

        assertEquals(text, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(golden.value()) + "\n");
        assertEquals(golden.value(), JSON.readValue(text, golden.value().getClass()));
        assertEquals(
                golden.value(),
                JSON.readValue(
                        text.replaceFirst("\\{", "{ \"fromTheFuture\" : 1,"),
                        golden.value().getClass()));
    }

    @Test
    void aLogKnowsTheNumberOfItsNextLine() {
        assertEquals(14, RUNNING.log().next());
        assertEquals(new Log(7, 14, List.of()), RUNNING.withoutLog().log());
    }

    private static String text(Golden golden) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                GoldenViewTest.class.getResourceAsStream("/golden-views/" + golden.file() + ".json"),
                () -> "no golden file " + golden)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
