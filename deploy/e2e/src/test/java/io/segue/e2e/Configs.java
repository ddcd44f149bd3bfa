package io.segue.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Configuration files as users write them. */
public final class Configs {
    private Configs() {}

    /** A restore from {@code directory/backups}; {@code restore} holds lines for the section of that name. */
    public static Path restore(Path directory, String bootstrap, String backupId, String restore) throws IOException {
        String section = restore.isEmpty() ? "" : "restore:\n" + restore.indent(2);
        Path file = Files.createTempFile(directory, "restore-", ".yaml");
        Files.writeString(file, """
                mode: restore
                backup_id: %s
                target:
                  bootstrap_servers: ["%s"]
                storage:
                  backend: filesystem
                  path: "%s"
                %s""".formatted(backupId, bootstrap, directory.resolve("backups"), section));
        return file;
    }
}
