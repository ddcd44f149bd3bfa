package io.segue.e2e.fleet;

import io.segue.sandbox.S3Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Configuration files of backups and restores whose archive is on the sandbox's S3. */
public final class JobFiles {
    private final Path directory;
    private final S3Endpoint s3;

    public JobFiles(Path directory, S3Endpoint s3) {
        this.directory = directory;
        this.s3 = s3;
    }

    /** @param lines of the section {@code backup:} */
    public Path backup(String file, String backupId, String source, List<String> topics, String lines) {
        return write(file, """
                mode: backup
                backup_id: %s
                source:
                  bootstrap_servers: ["%s"]
                  topics:
                    include: [%s]
                %s
                backup:
                """.formatted(backupId, source, String.join(", ", topics), storage()) + lines.indent(2));
    }

    /**
     * @param groups that are reset
     * @param lines of the section {@code restore:}
     */
    public Path restore(String file, String backupId, String target, List<String> groups, String lines) {
        return write(
                file,
                """
                mode: restore
                backup_id: %s
                target:
                  bootstrap_servers: ["%s"]
                %s
                restore:
                  reset_consumer_offsets: true
                  consumer_groups: [%s]
                """.formatted(backupId, target.replace(",", "\", \""), storage(), String.join(", ", groups))
                        + lines.indent(2));
    }

    private String storage() {
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
