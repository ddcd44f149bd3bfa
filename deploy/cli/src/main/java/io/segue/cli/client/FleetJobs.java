package io.segue.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.engine.StopOnSignal;
import io.segue.cli.progress.ProgressReporter;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.view.FleetReport;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.mapping.PeerMappingJson.Detail;
import io.segue.protocol.time.Time;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The jobs of a fleet, for commands. Used by one thread. */
public final class FleetJobs {
    private static final ObjectMapper JSON = JobJson.mapper();

    private final Console console;
    private final Reports reports;
    private final CoordinatorClient client;
    private final Time time;

    public FleetJobs(Console console, Coordinators coordinators, Reports reports, Time time) {
        this.console = console;
        this.reports = reports;
        this.client = new CoordinatorClient(coordinators, time);
        this.time = time;
    }

    /** What is done between the signal handler and the end. */
    private interface Work {
        ExitCode run(StopOnSignal stop) throws InterruptedException;
    }

    /**
     * Hands a job over and follows it to its end.
     *
     * @param config text of the configuration, variables as written; empty for a kind that has that of another job
     * @param ended told of the job once it has ended
     */
    public ExitCode run(JobKind kind, String config, Map<String, String> options, Ended ended) {
        return stoppable(stop -> follow(handOver(kind, config, options), 0, stop, ended));
    }

    /**
     * As {@link #run}, for a command that makes something of its own of the report: without printing it.
     *
     * @param answer told of a job that has ended with a report
     */
    public ExitCode ask(JobKind kind, String config, Map<String, String> options, Answer answer) {
        return stoppable(stop -> {
            String jobId = handOver(kind, config, options);
            Optional<JobView> end = await(jobId, 0, stop);
            if (end.isEmpty()) {
                return ExitCode.INTERRUPTED;
            }
            JobView.Outcome outcome = end.get().outcome();
            JsonNode report = outcome == null ? null : outcome.report();
            return report == null ? show(end.get()) : answer.of(end.get(), report);
        });
    }

    /** What a command makes of the report of a job. */
    public interface Answer {
        ExitCode of(JobView view, JsonNode report) throws InterruptedException;
    }

    private String handOver(JobKind kind, String config, Map<String, String> options) throws InterruptedException {
        JobView view = submit(kind, config, options);
        console.note("Job " + view.jobId() + " is the fleet's: whatever happens to this command, the job goes on;"
                + " 'kafka-backup jobs follow " + view.jobId() + "' shows it");
        return view.jobId();
    }

    /** Heard when a job has ended and its report is printed. */
    public interface Ended {
        /** Nothing to do. */
        Ended NOTHING = view -> {};

        void with(JobView view) throws InterruptedException;
    }

    private JobView submit(JobKind kind, String config, Map<String, String> options) throws InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("kind", kind.word()).put("submittedBy", operator());
        if (!config.isEmpty()) {
            body.put("config", config);
        }
        body.set("options", JSON.valueToTree(options));
        return view(client.post(
                "/v1/jobs", body, "Idempotency-Key", UUID.randomUUID().toString()));
    }

    /** Follows a job to its end and prints its report. */
    public ExitCode follow(String jobId) {
        return stoppable(stop -> follow(jobId, 0, stop, Ended.NOTHING));
    }

    /**
     * Sends a command to a job and follows the job until the command has come to its end.
     *
     * @param members of the command's body
     */
    public ExitCode commandAndFollow(String jobId, String verb, Map<String, Object> members, Ended ended) {
        return stoppable(stop -> follow(jobId, command(jobId, verb, members), stop, ended));
    }

    /** Sends a command to a job; its number. */
    public int command(String jobId, String verb, Map<String, Object> members) throws InterruptedException {
        ObjectNode body = JSON.valueToTree(members);
        body.put("submittedBy", operator());
        return client.post("/v1/jobs/" + id(jobId) + "/" + verb, body)
                .path("command")
                .asInt();
    }

    private ExitCode follow(String jobId, int after, StopOnSignal stop, Ended ended) throws InterruptedException {
        Optional<JobView> end = await(jobId, after, stop);
        if (end.isEmpty()) {
            return ExitCode.INTERRUPTED;
        }
        ExitCode code = show(end.get());
        ended.with(end.get());
        return code;
    }

    private Optional<JobView> await(String jobId, int after, StopOnSignal stop) throws InterruptedException {
        Optional<JobView> end;
        try (ProgressReporter progress = console.progress()) {
            end = new JobFollower(client, time, stop).follow(id(jobId), after, new FollowedJob(progress));
        }
        if (end.isEmpty()) {
            console.note("The job goes on in the fleet; follow it again with: kafka-backup jobs follow " + jobId);
        }
        return end;
    }

    /** Prints what a job came to that has ended, or waits. */
    private ExitCode show(JobView view) {
        JobView.Outcome outcome = view.outcome();
        if (view.state() == JobState.PAUSED) {
            console.note("Job " + view.jobId() + " is paused, and stays so until: kafka-backup resume " + view.jobId());
            return ExitCode.INTERRUPTED;
        }
        if (outcome == null) {
            console.note("Job " + view.jobId() + " has ended, and nobody said how");
            return ExitCode.FAILED;
        }
        if (!outcome.reasons().isEmpty()) {
            console.note(
                    outcome.exitCode() == ExitCode.USAGE.code()
                            ? "The " + view.kind().word() + " is refused; nothing was changed:"
                            : "Job " + view.jobId() + " failed:");
            outcome.reasons().forEach(reason -> console.note("  - " + reason));
        }
        JsonNode report = outcome.report();
        if (report != null) {
            console.resultOf(reports.document(view.kind(), report), () -> reports.of(view.kind(), report));
        }
        return ExitCode.of(outcome.exitCode());
    }

    /** Jobs, newest first. */
    public List<JobView> list(int most) throws InterruptedException {
        List<JobView> views = new ArrayList<>();
        client.get("/v1/jobs?limit=" + most).path("jobs").forEach(node -> views.add(view(node)));
        return views;
    }

    /**
     * The newest restore into a cluster that has a mapping.
     *
     * @param topics of the target, at least one of them; empty: any
     */
    public Optional<JobView> restored(String targetClusterId, Set<String> topics) throws InterruptedException {
        StringBuilder path = new StringBuilder("/v1/jobs?limit=1&target_cluster=").append(encoded(targetClusterId));
        topics.forEach(topic -> path.append("&topic=").append(encoded(topic)));
        JsonNode newest = client.get(path.toString()).path("jobs").path(0);
        return newest.isMissingNode() ? Optional.empty() : Optional.of(view(newest));
    }

    private static String encoded(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8);
    }

    public JobView find(String jobId) throws InterruptedException {
        return view(client.get("/v1/jobs/" + id(jobId)));
    }

    public FleetReport fleet() throws InterruptedException {
        return JSON.convertValue(client.get("/v1/fleet"), FleetReport.class);
    }

    /** Fetches the offset mapping of a restore or a scan, in the peer's form; fails if there is none. */
    public void fetchMapping(String jobId, Detail detail, Path file) throws InterruptedException {
        fetch(jobId, "mapping", detail, file);
    }

    /** Fetches the report of a restore, in the peer's form; fails if there is none. */
    public void fetchReport(String jobId, Detail detail, Path file) throws InterruptedException {
        fetch(jobId, "restore-report", detail, file);
    }

    private void fetch(String jobId, String what, Detail detail, Path file) throws InterruptedException {
        String path = "/v1/jobs/" + id(jobId) + "/" + what + "?detail="
                + detail.name().toLowerCase(Locale.ROOT);
        client.fetch(path, response -> {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try (InputStream in = response.body()) {
                return Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
        });
    }

    private ExitCode stoppable(Work work) {
        StopOnSignal stop = StopOnSignal.install(ExitCode.INTERRUPTED.code());
        ExitCode code = ExitCode.FAILED;
        try {
            code = work.run(stop);
            return code;
        } catch (FleetFailure e) {
            code = e.exitCode();
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            code = ExitCode.INTERRUPTED;
            return code;
        } finally {
            stop.ended(code.code());
        }
    }

    /** An id becomes part of a path: what cannot be one goes nowhere. */
    private static String id(String jobId) {
        if (!jobId.matches("[a-z0-9][a-z0-9-]{2,80}")) {
            throw new FleetFailure(
                    ExitCode.USAGE, "'" + jobId + "' is not a job id; they look like restore-20261122-221500-3f9a");
        }
        return jobId;
    }

    private String operator() {
        String user = System.getProperty("user.name", "unknown");
        String host = console.environment().getOrDefault("HOSTNAME", "");
        return host.isEmpty() ? user : user + "@" + host;
    }

    private static JobView view(JsonNode node) {
        return JSON.convertValue(node, JobView.class);
    }
}
