package io.segue.cli.restore;

import io.segue.coordinator.restore.PeerReports;
import io.segue.coordinator.restore.RestoreBundles;
import io.segue.coordinator.restore.RestoreRecord;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.MappingBundleJson;
import io.segue.protocol.mapping.PeerMappingJson.Detail;
import io.segue.protocol.mapping.PeerRestoreReportJson;
import io.segue.protocol.store.ObjectStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes what a job leaves to local files in the peer's forms, with all that a later reset needs.
 *
 * @param targetServers where the job wrote to
 */
record RestoreFiles(JobStore jobs, ObjectStore backups, List<String> targetServers, Detail detail) {
    /** The mapping; returns what to tell the user. */
    String mapping(String jobId, Path file) {
        return write(
                jobId,
                "offset mapping",
                file,
                record -> out -> MappingBundleJson.write(out, bundle(record, file), detail));
    }

    /** The report; returns what to tell the user. */
    String report(String jobId, Path file) {
        return write(
                jobId,
                "restore report",
                file,
                record -> out -> PeerRestoreReportJson.write(
                        out, PeerReports.of(jobs, record, backups, targetServers, file.toString()), detail));
    }

    private String write(
            String jobId, String what, Path file, Function<RestoreRecord, Consumer<OutputStream>> content) {
        Optional<RestoreRecord> record = RestoreRecord.read(jobs, jobId);
        if (record.isEmpty()) {
            return "Job " + jobId + " has no offset mapping yet; " + file + " was not written";
        }
        Path parent = file.toAbsolutePath().getParent();
        try {
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                content.apply(record.get()).accept(out);
            }
            return what.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + what.substring(1) + " written to " + file;
        } catch (IOException e) {
            return "The " + what + " could not be written to " + file + ": " + e
                    + "; the mapping is in the job's state: show-offset-mapping --job " + jobId;
        }
    }

    private MappingBundle bundle(RestoreRecord record, Path file) {
        return RestoreBundles.bundle(record, backups, targetServers, file.toString());
    }
}
