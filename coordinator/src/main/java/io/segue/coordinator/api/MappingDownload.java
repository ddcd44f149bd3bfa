package io.segue.coordinator.api;

import io.segue.coordinator.jobs.Jobs;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.MappingBundleJson;
import io.segue.protocol.mapping.PeerMappingJson.Detail;
import io.vertx.ext.web.RoutingContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code GET /v1/jobs/{id}/mapping}: the peer's form of it with ours, through a file, because it may be large. */
final class MappingDownload {
    private final Jobs jobs;
    private final BlockingCalls calls;

    MappingDownload(Jobs jobs, BlockingCalls calls) {
        this.jobs = jobs;
        this.calls = calls;
    }

    void send(RoutingContext request, String jobId) {
        calls.run(() -> jobs.mapping(jobId).map(MappingDownload::file))
                .onFailure(request::fail)
                .onSuccess(file -> send(request, jobId, file));
    }

    private void send(RoutingContext request, String jobId, Optional<Path> file) {
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

    private static Path file(MappingBundle mapping) {
        try {
            Path file = Files.createTempFile("segue-mapping-", ".json");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                MappingBundleJson.write(out, mapping, Detail.RUNS);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("the mapping cannot be written to a temporary file", e);
        }
    }
}
