package io.segue.cli.groups;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** A file that is there only once it is whole: a plan that was cut off must not look like one. */
final class NewFile implements AutoCloseable {
    private final Path file;
    private final Path unfinished;
    private final OutputStream stream;

    private NewFile(Path file, Path unfinished, OutputStream stream) {
        this.file = file;
        this.unfinished = unfinished;
        this.stream = stream;
    }

    static NewFile create(Path file, boolean executable) {
        Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
        try {
            Files.createDirectories(directory);
            Path unfinished = Files.createTempFile(directory, "." + file.getFileName(), ".tmp");
            if (unfinished.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(
                        unfinished, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            }
            return new NewFile(file, unfinished, new BufferedOutputStream(Files.newOutputStream(unfinished)));
        } catch (IOException e) {
            throw new UnusableOptionException(file + " cannot be written: " + e);
        }
    }

    OutputStream stream() {
        return stream;
    }

    /** Everything is written: from here on the file is there. */
    void complete() {
        try {
            stream.close();
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            throw new UncheckedIOException(unfinished + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
