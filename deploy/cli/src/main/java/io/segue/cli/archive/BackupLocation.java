package io.segue.cli.archive;

import io.segue.cli.Console;
import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.store.Stores;
import java.nio.file.Files;
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

    /**
     * The store there; the caller closes it.
     *
     * @throws StoreException.BadLocation if it is none, or a directory that is not there: nothing is ever written here
     */
    ObjectStore open(Console console) {
        StorageConfig config = config();
        if (config instanceof StorageConfig.FileSystem files && !Files.isDirectory(files.path())) {
            throw new StoreException.BadLocation(
                    "there is no directory " + files.path().toAbsolutePath() + ": check --path");
        }
        return new Stores(console.environment()).open(config);
    }
}
