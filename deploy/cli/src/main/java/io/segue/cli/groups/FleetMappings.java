package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.cli.client.FleetFailure;
import io.segue.cli.client.FleetJobs;
import io.segue.cli.client.Reports;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.PeerMappingJson.Detail;
import io.segue.protocol.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** What the restores of a fleet recorded, where a coordinator is named. */
final class FleetMappings {
    private final Console console;

    FleetMappings(Console console) {
        this.console = console;
    }

    /** A mapping with all that a reset needs. */
    record Found(String jobId, MappingInput mapping) {}

    /**
     * Of the named job, else of the newest restore into the cluster and into at least one of the topics. Empty if no
     * coordinator is named, or the fleet knows no such job.
     *
     * @param topics of the target; empty: any
     */
    Optional<Found> find(String targetClusterId, Set<String> topics, Optional<String> named) {
        Optional<FleetJobs> fleet = console.coordinators()
                .map(coordinators -> new FleetJobs(console, coordinators, Reports.NONE, Time.system()));
        try {
            Optional<String> job = named;
            if (fleet.isPresent() && job.isEmpty()) {
                job = fleet.get().restored(targetClusterId, topics).map(view -> view.jobId());
            }
            return fleet.isPresent() && job.isPresent() ? Optional.of(fetch(fleet.get(), job.get())) : Optional.empty();
        } catch (FleetFailure e) {
            if (!e.unknown()) {
                throw e;
            }
            console.note("The fleet: " + e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the fleet was asked", e);
        }
    }

    private Found fetch(FleetJobs fleet, String jobId) throws InterruptedException {
        Path file = null;
        try {
            file = Files.createTempFile(console.temporary(), "segue-mapping-", ".json");
            fleet.fetchMapping(jobId, Detail.RUNS, file);
            MappingBundle read = MappingInput.read(file).bundle();
            console.note("Using what job " + jobId + " of the fleet recorded");
            return new Found(
                    jobId,
                    new MappingInput(new MappingBundle(
                            "what job " + jobId + " proved",
                            read.document(),
                            read.empty(),
                            read.targetServers(),
                            read.groups())));
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary file for the mapping of job " + jobId, e);
        } finally {
            if (file != null) {
                delete(file);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be deleted", e);
        }
    }
}
