package io.segue.protocol.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes files below a root so that a crash leaves the whole content under the final name, or nothing:
 *
 * <ol>
 *   <li>the directory of the final name, and every directory above it up to the root, is made durable;
 *   <li>the content goes to an unfinished file in that directory (so the same file system), which is fsynced;
 *   <li>the final name is given by a rename, which replaces, or by a hard link, which fails if the name is taken;
 *   <li>the directory is fsynced, also by the one who lost: it acts on what it found.
 * </ol>
 *
 * A process that dies before step 3 leaves an unfinished file, which {@link FileStore#list} does not show.
 */
final class DurableFiles {
    /** Writes the content of a new file. */
    @FunctionalInterface
    interface Content {
        void writeTo(FileChannel file) throws IOException;
    }

    private static final Logger log = LoggerFactory.getLogger(DurableFiles.class);
    private static final int MAX_REMEMBERED_DIRECTORIES = 10_000;

    private final Path root;
    private final Set<Path> durableDirectories = ConcurrentHashMap.newKeySet();

    DurableFiles(Path root) {
        this.root = root;
    }

    /** Gives the name to the content, whether or not it was taken. */
    void replace(Path target, Content content) throws IOException {
        Path directory = prepareDirectory(target);
        Path unfinished = unfinishedIn(directory);
        try {
            write(unfinished, content);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            discard(unfinished);
        }
        sync(directory);
    }

    /** Gives the name to the content if it is free; false if it was taken. */
    boolean create(Path target, Content content) throws IOException {
        Path directory = prepareDirectory(target);
        Path unfinished = unfinishedIn(directory);
        boolean created;
        try {
            write(unfinished, content);
            created = link(target, unfinished);
        } finally {
            discard(unfinished);
        }
        sync(directory);
        return created;
    }

    private static boolean link(Path target, Path unfinished) throws IOException {
        try {
            Files.createLink(target, unfinished);
            return true;
        } catch (FileAlreadyExistsException taken) {
            if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                throw taken;
            }
            // NFS answers "exists" to a request that it sent again after the first one had succeeded
            return Files.isSameFile(target, unfinished);
        } catch (UnsupportedOperationException noLinks) {
            throw new FileSystemException(
                    target.toString(), null, "Operation not permitted: this file system has no hard links");
        }
    }

    private static void write(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.writeTo(channel);
            channel.force(true);
        }
    }

    private static Path unfinishedIn(Path directory) {
        return directory.resolve(ObjectKeys.UNFINISHED + UUID.randomUUID());
    }

    private static void discard(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException failure) {
            log.warn("unfinished file left behind: file={} reason={}", unfinished, failure.toString());
        }
    }

    private Path prepareDirectory(Path target) throws IOException {
        Path directory = parentOf(target);
        if (durableDirectories.contains(directory) && Files.isDirectory(directory)) {
            return directory;
        }
        Path existing = directory;
        while (!Files.isDirectory(existing)) {
            existing = parentOf(existing);
        }
        Files.createDirectories(directory);
        // up to the root even where all was there: another process may have made it a moment ago, not yet durable
        Path top = root.startsWith(existing) ? existing : root;
        for (Path step = directory; !step.equals(top); step = parentOf(step)) {
            sync(step);
        }
        sync(top);
        remember(directory);
        return directory;
    }

    private void remember(Path directory) {
        if (durableDirectories.size() >= MAX_REMEMBERED_DIRECTORIES) {
            durableDirectories.clear();
        }
        durableDirectories.add(directory);
    }

    private static Path parentOf(Path path) {
        return Objects.requireNonNull(path.getParent(), "an absolute path below the root of the file system");
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
