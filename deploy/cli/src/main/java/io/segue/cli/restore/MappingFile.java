package io.segue.cli.restore;

import io.segue.coordinator.restore.RestoreBundles;
import io.segue.coordinator.restore.RestoreRecord;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.MappingBundleJson;
import io.segue.protocol.store.ObjectStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes a job's mapping to a local file, in the peer's form, with all that a later reset needs. */
final class MappingFile {
    private MappingFile() {}

    /**
     * @param targetServers where the job wrote to
     * @return what to tell the user
     */
    static String write(JobStore jobs, ObjectStore backups, String jobId, List<String> targetServers, Path file) {
        Optional<RestoreRecord> record = RestoreRecord.read(jobs, jobId);
        if (record.isEmpty()) {
            return "Job " + jobId + " has no offset mapping yet; " + file + " was not written";
        }
        MappingBundle bundle = RestoreBundles.bundle(record.get(), backups, targetServers, file.toString());
        Path parent = file.toAbsolutePath().getParent();
        try {
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                MappingBundleJson.write(out, bundle);
            }
            return "Offset mapping written to " + file;
        } catch (IOException e) {
            return "The offset mapping could not be written to " + file + ": " + e
                    + "; it is in the job's state: show-offset-mapping --job " + jobId;
        }
    }
}
