package io.segue.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.coordinator.api.ApiServer;
import io.segue.coordinator.jobs.FakeJobs;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.job.view.JobView.Log;
import io.segue.protocol.job.view.JobView.Outcome;
import io.segue.protocol.job.view.JobView.Progress;
import io.segue.protocol.job.view.JobView.Tasks;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Two coordinators on free ports over the same jobs in memory; the test plays the leader. */
public final class TestingFleet implements AutoCloseable {
    private final FakeJobs jobs = new FakeJobs(Map.of("FLEET_SECRET", "s3cret"));
    private final Vertx vertx = Vertx.vertx();
    private final List<ApiServer> servers = new ArrayList<>();

    public TestingFleet() throws TimeoutException {
        for (int i = 0; i < 2; i++) {
            servers.add(ApiServer.start(vertx, jobs, "127.0.0.1", 0).await(20, TimeUnit.SECONDS));
        }
    }

    public FakeJobs jobs() {
        return jobs;
    }

    /** Of all coordinators, comma-separated. */
    public String urls() {
        return servers.stream()
                .map(server -> "http://127.0.0.1:" + server.port())
                .collect(Collectors.joining(","));
    }

    /** Ends one coordinator, the first is 0. */
    public void stop(int coordinator) throws TimeoutException {
        servers.get(coordinator).close().await(20, TimeUnit.SECONDS);
    }

    /** A view that a leader could publish. */
    public static JobView view(
            String jobId, JobKind kind, JobState state, int commands, List<String> log, @Nullable Outcome outcome) {
        return new JobView(
                JobView.VERSION,
                jobId,
                kind,
                state,
                1_700_000_000_000L,
                1_700_000_001_000L,
                commands,
                new Progress("Phase 1: Restore Data", 500, 1_000, 50_000, new Tasks(4, 2, 1, 0)),
                new Log(1, 0, log),
                outcome);
    }

    public static JobView running(String jobId, String... log) {
        return view(jobId, JobKind.RESTORE, JobState.RUNNING, 0, List.of(log), null);
    }

    public static JobView completed(String jobId, int commands, @Nullable JsonNode report, String... log) {
        return view(
                jobId, JobKind.RESTORE, JobState.COMPLETED, commands, List.of(log), new Outcome(0, List.of(), report));
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(20, TimeUnit.SECONDS);
    }
}
