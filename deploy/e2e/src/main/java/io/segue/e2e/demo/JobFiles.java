package io.segue.e2e.demo;

import io.segue.e2e.source.GroupSpec;
import io.segue.e2e.source.TopicSpec;
import io.segue.sandbox.S3Endpoint;
import io.segue.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The configuration files of the demo's backup and restore. */
final class JobFiles {
    static final String BACKUP_ID = "demo";
    private final Path directory;

    JobFiles(Path directory) {
        this.directory = directory;
    }

    Path backup(Sandbox sandbox, List<TopicSpec> topics) {
        return write("backup.yaml", """
                mode: backup
                backup_id: %s
                source:
                  bootstrap_servers: ["%s"]
                  topics:
                    include: [%s]
                %s
                backup:
                  segment_max_bytes: 8388608
                """.formatted(
                        BACKUP_ID,
                        sandbox.source().bootstrapServers(),
                        String.join(", ", topics.stream().map(TopicSpec::name).toList()),
                        storage(sandbox.s3())));
    }

    Path restore(Sandbox sandbox, String target, List<GroupSpec> groups) {
        return write("restore.yaml", """
                mode: restore
                backup_id: %s
                target:
                  bootstrap_servers: ["%s"]
                %s
                restore:
                  max_concurrent_partitions: 4
                  reset_consumer_offsets: true
                  consumer_groups: [%s]
                """.formatted(
                        BACKUP_ID,
                        target,
                        storage(sandbox.s3()),
                        String.join(", ", groups.stream().map(GroupSpec::id).toList())));
    }

    private static String storage(S3Endpoint s3) {
        return """
                storage:
                  backend: s3
                  bucket: %s
                  prefix: production
                  region: %s
                  endpoint: %s
                  allow_http: true""".formatted(s3.bucket(), s3.region(), s3.endpoint());
    }

    private Path write(String name, String yaml) {
        try {
            return Files.writeString(directory.resolve(name), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + name + " in " + directory, e);
        }
    }
}
