package io.segue.cli.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory of this process's own, for what may be lost with it; removed with all that is in it. */
public final class Spool implements AutoCloseable {
    private final Path directory;

    private Spool(Path directory) {
        this.directory = directory;
    }

    /** @param parent an existing directory */
    public static Spool below(Path parent) {
        try {
            return new Spool(Files.createTempDirectory(parent, "kafka-backup-"));
        } catch (IOException e) {
            throw new UncheckedIOException("no directory can be made below " + parent + ": " + e.getMessage(), e);
        }
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        try (Stream<Path> found = Files.walk(directory)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the directory " + directory + " cannot be removed", e);
        }
    }
}
