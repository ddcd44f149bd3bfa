package io.segue.worker.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.segue.worker.agent.WorkerAgent;
import io.segue.worker.agent.WorkerCounts;
import io.segue.worker.task.Attempts.Outcome;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What {@code /metrics} shows: counts since the start of the process, slots, the JVM. */
final class WorkerMetrics {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    WorkerMetrics(WorkerAgent agent) {
        WorkerCounts counts = agent.counts();
        counter("segue.worker.records", "Records done.", counts, WorkerCounts::records);
        counter("segue.worker.bytes", "Payload of the records done here.", counts, WorkerCounts::bytes);
        counter("segue.worker.leases.lost", "Leases that were not renewed in time.", counts, WorkerCounts::leasesLost);
        for (Outcome outcome : Outcome.values()) {
            String word = outcome.name().toLowerCase(Locale.ROOT);
            attempts(counts, word, ended -> ended.attempts(outcome));
        }
        attempts(counts, "broken", WorkerCounts::broken);
        gauge("segue.worker.slots", "Attempts that it runs at most.", agent, WorkerAgent::slots);
        gauge("segue.worker.slots.used", "Attempts that it runs.", agent, WorkerAgent::running);
        gauge("segue.worker.ready", "1 if it takes orders of a leader.", agent, worker -> worker.ready() ? 1 : 0);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    private void attempts(WorkerCounts counts, String outcome, ToDoubleFunction<WorkerCounts> value) {
        FunctionCounter.builder("segue.worker.attempts", counts, value)
                .description("Attempts that ended, by outcome.")
                .tag("outcome", outcome)
                .register(registry);
    }

    private void counter(String name, String description, WorkerCounts counts, ToDoubleFunction<WorkerCounts> value) {
        FunctionCounter.builder(name, counts, value).description(description).register(registry);
    }

    private void gauge(String name, String description, WorkerAgent agent, ToDoubleFunction<WorkerAgent> value) {
        Gauge.builder(name, agent, value).description(description).register(registry);
    }

    /** The text that Prometheus reads. */
    String scrape() {
        return registry.scrape(CONTENT_TYPE);
    }
}
