package io.segue.protocol.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The port to the files that a configuration names: certificates and keys. */
@FunctionalInterface
public interface LocalFiles {
    /** The largest file that is read, in bytes. */
    int LIMIT = 1 << 20;

    /**
     * The text of a file.
     *
     * @throws IOException if it cannot be read or is larger than {@link #LIMIT}
     */
    String read(Path file) throws IOException;

    /** The files of this machine; relative paths start at the working directory. */
    static LocalFiles ofThisMachine() {
        return file -> {
            if (Files.size(file) > LIMIT) {
                throw new IOException("larger than " + LIMIT + " bytes");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        };
    }
}
