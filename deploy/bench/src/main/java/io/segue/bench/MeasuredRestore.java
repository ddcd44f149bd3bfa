package io.segue.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A restore by the {@code kafka-backup} command, recorded by the JDK's Flight Recorder. */
final class MeasuredRestore {
    private static final String HEAP = "-Xmx512m";

    private final String bootstrap;
    private final Path directory;

    MeasuredRestore(String bootstrap, Path directory) {
        this.bootstrap = bootstrap;
        this.directory = directory;
    }

    /** Records per second of the job, start of the job to its end, and what the recorder saw. */
    record Result(double recordsPerSecond, Recording recording) {}

    Result run(String topic, int partitions) throws IOException, InterruptedException {
        Path config = directory.resolve(topic + ".yaml");
        Files.writeString(config, """
                mode: restore
                backup_id: %s
                target:
                  bootstrap_servers: ["%s"]
                storage:
                  backend: filesystem
                  path: "%s"
                restore:
                  max_concurrent_partitions: %d
                  topic_mapping:
                    %s: %s
                """.formatted(
                        SyntheticArchive.BACKUP,
                        bootstrap,
                        directory.resolve("backups"),
                        partitions,
                        SyntheticArchive.TOPIC,
                        topic));
        Path recording = directory.resolve(topic + ".jfr");
        Path out = directory.resolve(topic + ".json");
        ProcessBuilder builder = new ProcessBuilder(
                        repository().resolve("deploy/kafka-backup").toString(),
                        "restore",
                        "--config",
                        config.toString(),
                        "--output",
                        "json")
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve(topic + ".err").toFile());
        builder.environment().put("SEGUE_HOME", directory.resolve("home").toString());
        builder.environment()
                .put("JAVA_OPTS", HEAP + " -XX:StartFlightRecording=filename=" + recording + ",settings=profile");
        int status = builder.start().waitFor();
        if (status != 0) {
            throw new IOException("the restore ended with " + status + ":\n"
                    + Files.readString(directory.resolve(topic + ".err")) + Files.readString(out));
        }
        // the recorder announces itself on stdout before the report
        String printed = Files.readString(out);
        JsonNode report = new ObjectMapper().readTree(printed.substring(printed.indexOf('{')));
        double seconds = report.get("millis").asDouble() / 1000;
        return new Result(report.get("records").asLong() / seconds, Recording.read(recording));
    }

    private static Path repository() throws IOException {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("deploy/kafka-backup"))) {
                return at;
            }
        }
        throw new IOException("run this from inside the checkout: deploy/bench/run");
    }
}
