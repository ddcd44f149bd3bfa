package io.segue.e2e.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The temporary directory of a demo: configuration files, local state and temporary files of the commands. */
final class Workplace implements AutoCloseable {
    private static final String PREFIX = "segue-demo-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]{1,18})-.*");

    private final Path directory;

    private Workplace(Path directory) {
        this.directory = directory;
    }

    /** Makes one, and removes those of demos that were killed. */
    static Workplace create() {
        return below(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static Workplace below(Path parent) {
        try {
            removeAbandoned(parent);
            Path directory = Files.createTempDirectory(
                    parent, PREFIX + ProcessHandle.current().pid() + "-");
            Workplace made = new Workplace(directory);
            Files.createDirectory(made.temporary());
            // Ctrl-C closes nobody's workplace; what the demo put there is gone by then, its own hook runs first
            directory.toFile().deleteOnExit();
            made.temporary().toFile().deleteOnExit();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary directory", e);
        }
    }

    Path directory() {
        return directory;
    }

    /** For what a process that is killed leaves behind. */
    Path temporary() {
        return directory.resolve("tmp");
    }

    /** The process that made a directory is in its name. */
    private static void removeAbandoned(Path parent) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path path : found) {
                Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    delete(path);
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + directory, e);
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }
}
