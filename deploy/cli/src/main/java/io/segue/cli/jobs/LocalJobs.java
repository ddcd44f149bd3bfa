package io.segue.cli.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which configuration file a job was started with on this machine: a convenience for {@code resume JOB}, never the truth.
 * In {@code $SEGUE_HOME/jobs}, else {@code $XDG_STATE_HOME/segue/jobs}, else {@code ~/.local/state/segue/jobs}.
 */
public final class LocalJobs {
    private final Path directory;

    public LocalJobs(Map<String, String> environment) {
        this.directory = home(environment).resolve("jobs");
    }

    private static Path home(Map<String, String> environment) {
        if (environment.containsKey("SEGUE_HOME")) {
            return Path.of(environment.getOrDefault("SEGUE_HOME", ""));
        }
        Path state = Path.of(environment.getOrDefault(
                "XDG_STATE_HOME",
                Path.of(System.getProperty("user.home"), ".local", "state").toString()));
        return state.resolve("segue");
    }

    /** Remembers the file; says in words if that is not possible. */
    public Optional<String> remember(String jobId, Path config) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(jobId), config.toAbsolutePath().toString());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "this machine will not remember job " + jobId + " (" + e + "): give --config when you resume it");
        }
    }

    public Optional<Path> config(String jobId) {
        Path entry = directory.resolve(jobId).normalize();
        if (!entry.startsWith(directory) || !Files.isRegularFile(entry)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Path.of(Files.readString(entry, StandardCharsets.UTF_8).strip()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
