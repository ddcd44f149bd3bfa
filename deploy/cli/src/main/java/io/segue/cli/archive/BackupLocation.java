package io.segue.cli.archive;

import io.segue.cli.Console;
import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.Stores;
import picocli.CommandLine.Option;

/** The option that says where backups are. */
final class BackupLocation {
    @Option(
            names = {"-p", "--path"},
            required = true,
            paramLabel = "PATH",
            description = "Where the backups are: a directory, file:///dir or"
                    + " s3://bucket[/prefix][?region=R&endpoint=URL&path_style=true].")
    private String path = "";

    /** How to reach it. */
    StorageConfig config() {
        return Stores.parse(path);
    }

    /** The store there; the caller closes it. */
    ObjectStore open(Console console) {
        return new Stores(console.environment()).open(path);
    }
}
