package io.segue.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The local directory of one worker for segments on their way. What is in it at a start is what a dead process left. */
final class Spool {
    private Spool() {}

    /**
     * The worker's own directory below {@code spool}, empty.
     *
     * @throws UncheckedIOException if it cannot be made or emptied
     */
    static Path own(Path spool, String workerId) {
        Path own = spool.resolve(workerId);
        try {
            Files.createDirectories(own);
            try (Stream<Path> entries = Files.list(own)) {
                List<Path> left = entries.filter(Files::isRegularFile).toList();
                for (Path file : left) {
                    Files.delete(file);
                }
            }
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "worker.spool: " + own + " cannot be made or emptied: " + e.getMessage() + "; name another", e);
        }
    }
}
