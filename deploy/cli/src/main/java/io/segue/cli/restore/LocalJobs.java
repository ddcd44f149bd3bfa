package io.segue.cli.restore;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The jobs that were started on this machine, with the configuration file of each and where it writes to: a convenience for
 * {@code resume JOB} and for commands that name only the target, never the truth. In {@code $SEGUE_HOME/jobs}, else
 * {@code $XDG_STATE_HOME/segue/jobs}, else {@code ~/.local/state/segue/jobs}.
 */
public final class LocalJobs {
    private static final String CONFIG = "config";
    private static final String CLUSTER = "target-cluster-id";
    private static final String TOPICS = "topics";

    private final Path directory;

    public LocalJobs(Map<String, String> environment) {
        this.directory = home(environment).resolve("jobs");
    }

    /** Where this machine keeps what it remembers. */
    public static Path home(Map<String, String> environment) {
        if (environment.containsKey("SEGUE_HOME")) {
            return Path.of(environment.getOrDefault("SEGUE_HOME", ""));
        }
        Path state = Path.of(environment.getOrDefault(
                "XDG_STATE_HOME",
                Path.of(System.getProperty("user.home"), ".local", "state").toString()));
        return state.resolve("segue");
    }

    /**
     * One job.
     *
     * @param topics of the target that it writes to
     */
    public record Entry(String jobId, Path config, String targetClusterId, Set<String> topics) {
        public Entry {
            topics = Set.copyOf(topics);
        }
    }

    /** Remembers a job; says in words if that is not possible. */
    Optional<String> remember(Entry entry) {
        Properties properties = new Properties();
        properties.setProperty(CONFIG, entry.config().toAbsolutePath().toString());
        properties.setProperty(CLUSTER, entry.targetClusterId());
        properties.setProperty(TOPICS, String.join(",", entry.topics()));
        try {
            Files.createDirectories(directory);
            try (Writer out = Files.newBufferedWriter(directory.resolve(entry.jobId()), StandardCharsets.UTF_8)) {
                properties.store(out, null);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("this machine will not remember job " + entry.jobId() + " (" + e
                    + "): give --config when you resume it");
        }
    }

    public Optional<Path> config(String jobId) {
        return find(jobId).map(Entry::config);
    }

    public Optional<Entry> find(String jobId) {
        Path file = directory.resolve(jobId).normalize();
        if (!file.startsWith(directory) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.ofNullable(properties.getProperty(CONFIG))
                .map(config -> new Entry(
                        jobId,
                        Path.of(config),
                        properties.getProperty(CLUSTER, ""),
                        Set.of(properties.getProperty(TOPICS, "").split(","))));
    }

    /**
     * Jobs that write to a cluster, the newest first.
     *
     * @param topics at least one of them; empty: any
     */
    public List<Entry> into(String targetClusterId, Set<String> topics) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .sorted(Comparator.reverseOrder())
                    .flatMap(id -> find(id).stream())
                    .filter(entry -> entry.targetClusterId().equals(targetClusterId))
                    .filter(entry -> topics.isEmpty() || entry.topics().stream().anyMatch(topics::contains))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
