package io.segue.coordinator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.coordinator.jobs.JobSubmission;
import io.segue.coordinator.jobs.Jobs;
import io.segue.coordinator.jobs.Jobs.CommandReply;
import io.segue.coordinator.jobs.Jobs.Readiness;
import io.segue.coordinator.jobs.Jobs.Submission;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.time.Time;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every route of the API, and what it does. */
final class ApiRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ApiRoutes.class);
    private static final int JOBS_SHOWN = 100;

    private final Jobs jobs;
    private final BlockingCalls calls;
    private final JobEvents events;
    private final ApiMetrics metrics;
    private final Time time;

    /** One of them; the path as in {@code docs/openapi.yaml}. */
    record Route(HttpMethod method, String path, Handler<RoutingContext> handler) {}

    ApiRoutes(Jobs jobs, BlockingCalls calls, JobEvents events, ApiMetrics metrics, Time time) {
        this.jobs = jobs;
        this.calls = calls;
        this.events = events;
        this.metrics = metrics;
        this.time = time;
    }

    List<Route> all() {
        MappingAnswers mapped = new MappingAnswers(jobs, calls);
        Stream<Route> routes = Stream.of(
                new Route(HttpMethod.POST, "/v1/jobs", this::submit),
                new Route(HttpMethod.GET, "/v1/jobs", this::list),
                new Route(HttpMethod.GET, "/v1/jobs/{id}", this::show),
                new Route(HttpMethod.GET, "/v1/jobs/{id}/events", this::follow),
                new Route(HttpMethod.GET, "/v1/jobs/{id}/mapping", mapped::mapping),
                new Route(HttpMethod.GET, "/v1/jobs/{id}/mapping/drawing", mapped::drawing),
                new Route(HttpMethod.GET, "/v1/jobs/{id}/restore-report", mapped::report),
                new Route(HttpMethod.GET, "/v1/fleet", this::fleet),
                new Route(HttpMethod.GET, "/health", this::health),
                new Route(HttpMethod.GET, "/ready", this::ready),
                new Route(HttpMethod.GET, "/metrics", this::metrics));
        Stream<Route> commands = Stream.of("pause", "resume", "cancel", "retry", "thaw")
                .map(verb -> new Route(HttpMethod.POST, "/v1/jobs/{id}/" + verb, request -> command(request, verb)));
        return Stream.concat(routes, commands).toList();
    }

    private void submit(RoutingContext request) {
        JobSubmission submission = Requests.submission(
                Parameters.body(request),
                Optional.ofNullable(request.request().getHeader("Idempotency-Key")),
                Parameters.peer(request));
        answer(request, () -> jobs.submit(submission), result -> {
            if (result instanceof Submission.Accepted accepted) {
                String id = accepted.view().jobId();
                LOG.info("job {}, {}, by {}", id, accepted.created() ? "new" : "known", submission.submittedBy());
                request.response().putHeader("Location", "/v1/jobs/" + id);
                Answers.send(request, accepted.created() ? 201 : 200, accepted.view());
            } else if (result instanceof Submission.Conflict conflict) {
                request.fail(ApiError.conflict(conflict).thrown());
            } else if (result instanceof Submission.Unknown unknown) {
                request.fail(ApiError.noSuchJob(unknown.jobId()).thrown());
            } else if (result instanceof Submission.Refused refused) {
                request.fail(ApiError.refused(refused).thrown());
            }
        });
    }

    private void list(RoutingContext request) {
        int most = Parameters.number(request, "limit", JOBS_SHOWN, 1, ApiLimits.JOBS);
        Optional<String> into = Parameters.word(request, "target_cluster");
        Set<String> topics = Set.copyOf(request.queryParam("topic"));
        answer(
                request,
                () -> into.map(cluster -> jobs.restored(cluster, topics, most)).orElseGet(() -> jobs.list(most)),
                views -> {
                    ObjectNode root = JsonNodeFactory.instance.objectNode();
                    ArrayNode array = root.putArray("jobs");
                    views.stream().map(JobView::withoutLog).forEach(array::addPOJO);
                    Answers.send(request, 200, root);
                });
    }

    private void show(RoutingContext request) {
        String id = Parameters.jobId(request);
        answer(request, () -> jobs.find(id), view -> {
            if (view.isPresent()) {
                Answers.send(request, 200, view.get());
            } else {
                request.fail(ApiError.noSuchJob(id).thrown());
            }
        });
    }

    private void follow(RoutingContext request) {
        int after = Parameters.number(request, "after", 0, 0, Integer.MAX_VALUE);
        events.follow(request, Parameters.jobId(request), after);
    }

    private void command(RoutingContext request, String verb) {
        String id = Parameters.jobId(request);
        JobCommand command =
                Requests.command(verb, Parameters.body(request), Parameters.peer(request), time.wallMillis());
        answer(request, () -> jobs.command(id, command), reply -> {
            if (reply instanceof CommandReply.Stored stored) {
                LOG.info("job {}: {} by {}", id, verb, command.by());
                ObjectNode root = JsonNodeFactory.instance.objectNode();
                Answers.send(request, 202, root.put("jobId", id).put("command", stored.number()));
            } else if (reply instanceof CommandReply.Refused refused) {
                String hint = "GET /v1/jobs/" + id + " shows the job";
                request.fail(new ApiError(409, "not-now", refused.reason(), hint).thrown());
            } else {
                request.fail(ApiError.noSuchJob(id).thrown());
            }
        });
    }

    private void fleet(RoutingContext request) {
        answer(request, jobs::fleet, report -> Answers.send(request, 200, report));
    }

    private void health(RoutingContext request) {
        Answers.send(request, 200, JsonNodeFactory.instance.objectNode().put("alive", true));
    }

    private void ready(RoutingContext request) {
        answer(
                request,
                jobs::readiness,
                readiness -> Answers.send(request, readiness.ready() ? 200 : 503, json(readiness)));
    }

    private static ObjectNode json(Readiness readiness) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ready", readiness.ready())
                .put("joined", readiness.joined())
                .put("store", readiness.store())
                .put("leader", readiness.leader());
    }

    private void metrics(RoutingContext request) {
        answer(
                request,
                () -> metrics.scrape(jobs.fleet()),
                text -> Answers.send(request.response(), 200, ApiMetrics.CONTENT_TYPE, text));
    }

    private <T> void answer(RoutingContext request, Callable<T> call, Handler<T> then) {
        calls.run(call).onFailure(request::fail).onSuccess(then);
    }
}
