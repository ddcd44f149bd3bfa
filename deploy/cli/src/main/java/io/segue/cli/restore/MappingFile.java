package io.segue.cli.restore;

import io.segue.protocol.job.JobStore;
import io.segue.protocol.mapping.MappingDocument;
import io.segue.protocol.mapping.PeerMappingJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a job's mapping to a local file, in the peer's form. */
final class MappingFile {
    private MappingFile() {}

    /** Returns what to tell the user. */
    static Optional<String> write(JobStore jobs, String jobId, Path file) {
        Optional<MappingDocument> mapping = jobs.readMapping(jobId);
        if (mapping.isEmpty()) {
            return Optional.of("Job " + jobId + " has no offset mapping yet; " + file + " was not written");
        }
        Path parent = file.toAbsolutePath().getParent();
        try {
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                PeerMappingJson.write(out, mapping.get(), Map.of(), List.of());
            }
            return Optional.of("Offset mapping written to " + file);
        } catch (IOException e) {
            return Optional.of("The offset mapping could not be written to " + file + ": " + e
                    + "; it is in the job's state: show-offset-mapping --job " + jobId);
        }
    }
}
