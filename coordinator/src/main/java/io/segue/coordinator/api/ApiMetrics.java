package io.segue.coordinator.api;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.view.FleetReport;
import io.segue.protocol.job.view.FleetReport.Activity;
import io.segue.protocol.job.view.FleetReport.Condition;
import io.segue.protocol.job.view.FleetReport.Worker;
import io.segue.protocol.job.view.JobView.Tasks;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** What {@code /metrics} shows: the fleet as of the last scrape, the requests, the JVM. */
final class ApiMetrics {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private volatile FleetReport fleet = new FleetReport(FleetReport.VERSION, "", null, List.of(), Activity.NONE);

    /** @param followers clients that follow a job now */
    ApiMetrics(IntSupplier followers) {
        for (JobState state : JobState.values()) {
            gauge(
                    "segue.jobs",
                    "Jobs by state.",
                    report -> report.activity().jobs().getOrDefault(state, 0),
                    "state",
                    word(state));
        }
        tasks("done", Tasks::done);
        tasks("running", Tasks::running);
        tasks("failed", Tasks::failed);
        tasks("waiting", tasks -> tasks.total() - tasks.done() - tasks.running() - tasks.failed());
        for (Condition condition : Condition.values()) {
            gauge(
                    "segue.workers",
                    "Workers by condition.",
                    report -> workers(report, condition),
                    "condition",
                    word(condition));
        }
        gauge("segue.slots", "Attempts that all workers run at most.", report -> sum(report, Worker::slots));
        gauge("segue.slots.used", "Attempts that all workers run.", report -> sum(report, Worker::running));
        gauge("segue.leader.epoch", "Epoch of the leader; 0: none is known.", ApiMetrics::epoch);
        gauge("segue.leader", "1 if this coordinator leads.", ApiMetrics::leads);
        counter(
                "segue.records",
                "Records that reached targets.",
                report -> report.activity().records());
        counter(
                "segue.bytes",
                "Payload that reached targets.",
                report -> report.activity().bytes());
        counter(
                "segue.lease.expiries",
                "Leases that ended without a sign of life.",
                report -> report.activity().leaseExpiries());
        Gauge.builder("segue.api.followers", followers::getAsInt)
                .description("Clients that follow a job.")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<FleetReport> value, String... tags) {
        Gauge.builder(name, this, metrics -> value.applyAsDouble(metrics.fleet))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private void tasks(String state, ToIntFunction<Tasks> count) {
        gauge(
                "segue.tasks",
                "Tasks of the jobs that have not ended.",
                report -> count.applyAsInt(report.activity().tasks()),
                "state",
                state);
    }

    private void counter(String name, String description, ToDoubleFunction<FleetReport> value) {
        FunctionCounter.builder(name, this, metrics -> value.applyAsDouble(metrics.fleet))
                .description(description + " Since this coordinator started, as it knows.")
                .register(registry);
    }

    private static long workers(FleetReport report, Condition condition) {
        return report.workers().stream()
                .filter(worker -> worker.condition() == condition)
                .count();
    }

    private static int sum(FleetReport report, ToIntFunction<Worker> value) {
        return report.workers().stream().mapToInt(value).sum();
    }

    private static int epoch(FleetReport report) {
        return Optional.ofNullable(report.leader())
                .map(FleetReport.Leader::epoch)
                .orElse(0);
    }

    private static int leads(FleetReport report) {
        return Optional.ofNullable(report.leader())
                        .filter(leader -> leader.coordinatorId().equals(report.coordinatorId()))
                        .isPresent()
                ? 1
                : 0;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** @param route as in {@code docs/api.md}, or {@code none} */
    void answered(String method, String route, int status, long nanos) {
        Timer.builder("segue.api.requests")
                .description("Requests, until the head of their answer.")
                .tags("method", method, "route", route, "status", Integer.toString(status))
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** The text that Prometheus reads. */
    String scrape(FleetReport now) {
        fleet = now;
        return registry.scrape(CONTENT_TYPE);
    }
}
