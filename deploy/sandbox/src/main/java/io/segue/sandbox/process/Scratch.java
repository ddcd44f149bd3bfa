package io.segue.sandbox.process;

import io.segue.sandbox.SandboxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The temporary directory of one sandbox. A JVM that is killed leaves its directory behind, possibly in memory: so each
 * has a lock file beside it, held while the owner lives, and the next sandbox removes directories whose lock is free.
 */
final class Scratch implements AutoCloseable {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ENOUGH_BYTES = 4L << 30;
    private static final String PREFIX = "segue-sandbox-";
    private static final String LOCK = ".lock";

    /** Closing any channel of a file drops all POSIX locks that the process has on it: never open one's own again. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Path lockFile;
    private final FileLock lock;

    private Scratch(Path directory, Path lockFile, FileLock lock) {
        this.directory = directory;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    static synchronized Scratch create(Optional<Path> base) {
        Path parent = base.orElseGet(Scratch::defaultBase);
        try {
            Files.createDirectories(parent);
            removeAbandoned(parent);
            Path lockFile = Files.createTempFile(parent, PREFIX, LOCK);
            OWN.add(lockFile);
            FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
            FileLock held = channel.lock();
            return new Scratch(Files.createDirectory(directoryOf(lockFile)), lockFile, held);
        } catch (IOException e) {
            throw new SandboxException("cannot make a temporary directory in " + parent, e);
        }
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        try {
            deleteTree(directory);
            lock.acquiredBy().close();
            Files.deleteIfExists(lockFile);
        } catch (IOException | UncheckedIOException e) {
            throw new SandboxException("cannot remove the temporary directory " + directory, e);
        }
    }

    private static Path defaultBase() {
        return hasRoom(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static boolean hasRoom(Path path) {
        try {
            return Files.isWritable(path) && Files.getFileStore(path).getUsableSpace() >= ENOUGH_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path directoryOf(Path lockFile) {
        String name = String.valueOf(lockFile.getFileName());
        return lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
    }

    private static void removeAbandoned(Path parent) throws IOException {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(parent, PREFIX + "*" + LOCK)) {
            for (Path lockFile : locks) {
                if (!OWN.contains(lockFile)) {
                    removeIfAbandoned(lockFile);
                }
            }
        }
    }

    private static void removeIfAbandoned(Path lockFile) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                @Nullable FileLock lock = channel.tryLock()) {
            if (lock != null) {
                deleteTree(directoryOf(lockFile));
                Files.deleteIfExists(lockFile);
            }
        } catch (NoSuchFileException | AccessDeniedException notOurs) {
            // removed meanwhile by its owner, or another user's
        }
    }

    private static void deleteTree(Path root) throws IOException {
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
