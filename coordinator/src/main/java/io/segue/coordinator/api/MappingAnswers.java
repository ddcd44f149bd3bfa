package io.segue.coordinator.api;

import io.segue.coordinator.jobs.Jobs;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.MappingBundleJson;
import io.segue.protocol.mapping.PeerMappingJson.Detail;
import io.segue.protocol.mapping.PeerRestoreReportJson;
import io.vertx.ext.web.RoutingContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** What a restore or a scan mapped, through a file, because it may be large: in the peer's forms with ours, or to look at. */
final class MappingAnswers {
    /** With each record on lines of its own, about 2 GB. */
    static final long MOST_RECORDS = 20_000_000;

    private static final int CELLS = 60;

    private final Jobs jobs;
    private final BlockingCalls calls;

    MappingAnswers(Jobs jobs, BlockingCalls calls) {
        this.jobs = jobs;
        this.calls = calls;
    }

    /** {@code GET /v1/jobs/{id}/mapping}. */
    void mapping(RoutingContext request) {
        String jobId = Parameters.jobId(request);
        Detail detail = detail(request);
        send(
                request,
                jobId,
                () -> jobs.mapping(jobId).map(bundle -> {
                    limit(detail, bundle);
                    return file(out -> MappingBundleJson.write(out, bundle, detail));
                }));
    }

    /** {@code GET /v1/jobs/{id}/restore-report}. */
    void report(RoutingContext request) {
        String jobId = Parameters.jobId(request);
        Detail detail = detail(request);
        send(
                request,
                jobId,
                () -> jobs.restoreReport(jobId).map(report -> {
                    limit(detail, report.mapping());
                    return file(out -> PeerRestoreReportJson.write(out, report, detail));
                }));
    }

    /** {@code GET /v1/jobs/{id}/mapping/drawing}. */
    void drawing(RoutingContext request) {
        String jobId = Parameters.jobId(request);
        int cells = Parameters.number(request, "cells", CELLS, 1, 1_000);
        Set<String> topics = Set.copyOf(request.queryParam("topic"));
        send(
                request,
                jobId,
                () -> jobs.mapping(jobId)
                        .map(bundle -> file(out -> new DrawnMapping(bundle, topics, cells).write(out))));
    }

    private static Detail detail(RoutingContext request) {
        String word = Parameters.word(request, "detail").orElse("runs");
        return switch (word) {
            case "runs" -> Detail.RUNS;
            case "records" -> Detail.RECORDS;
            default ->
                throw ApiError.badParameter("detail is neither runs nor records", "leave it out")
                        .thrown();
        };
    }

    private static void limit(Detail detail, MappingBundle bundle) {
        long records = detail == Detail.RUNS
                ? 0
                : bundle.document().mappings().stream()
                        .mapToLong(mapping -> mapping.records())
                        .sum();
        if (records > MOST_RECORDS) {
            throw ApiError.badParameter(
                            String.format(
                                    Locale.ROOT,
                                    "there are %,d records, of which %,d are told at most",
                                    records,
                                    MOST_RECORDS),
                            "detail=runs says the same with a point for each run")
                    .thrown();
        }
    }

    private void send(RoutingContext request, String jobId, Callable<Optional<Path>> file) {
        calls.run(file).onFailure(request::fail).onSuccess(written -> send(request, jobId, written));
    }

    private static void send(RoutingContext request, String jobId, Optional<Path> file) {
        if (file.isEmpty()) {
            request.fail(new ApiError(
                            404,
                            "no-mapping",
                            "job " + jobId + " has no offset mapping",
                            "a restore builds it once its data is there")
                    .thrown());
            return;
        }
        Path path = file.get();
        request.response()
                .putHeader("Content-Type", Answers.JSON_TYPE)
                .putHeader("Cache-Control", "no-store")
                .sendFile(path.toString())
                .onComplete(sent -> request.vertx().fileSystem().delete(path.toString()));
    }

    private static Path file(Consumer<OutputStream> content) {
        try {
            Path file = Files.createTempFile("segue-mapping-", ".json");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                content.accept(out);
                return file;
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the mapping cannot be written to a temporary file", e);
        }
    }
}
