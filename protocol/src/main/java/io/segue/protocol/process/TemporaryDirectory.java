package io.segue.protocol.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a process keeps what may be lost with it: spooled segments, and the native libraries that compressors unpack. A
 * process that is killed leaves its directory behind; so each has a lock file beside it, held while the process lives, and
 * the next process removes the directories whose lock is free.
 */
public final class TemporaryDirectory implements AutoCloseable {
    private static final int FAILED = 1;
    private static final String PROPERTY = "java.io.tmpdir";
    private static final String PREFIX = "segue-";
    private static final String LOCK = ".lock";

    /** Closing any channel of a file drops all POSIX locks that the process has on it: never open one's own again. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Path lockFile;
    private final FileLock lock;

    private TemporaryDirectory(Path directory, Path lockFile, FileLock lock) {
        this.directory = directory;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Runs a process, from the first line of its {@code main} because libraries look at {@code java.io.tmpdir} once: there is
     * one below it, which it is from here on.
     *
     * @return the exit code of the process; 1, with a message, if none can be made: without a temporary directory nothing goes
     */
    public static int during(IntSupplier process) {
        TemporaryDirectory own;
        try {
            own = below(Path.of(System.getProperty(PROPERTY)));
        } catch (UncheckedIOException e) {
            System.err.println("Error: " + e.getMessage());
            return FAILED;
        }
        System.setProperty(PROPERTY, own.directory().toString());
        try {
            return process.getAsInt();
        } finally {
            own.close();
        }
    }

    /** Makes one, and removes those that dead processes left there. */
    static TemporaryDirectory below(Path parent) {
        try {
            Files.createDirectories(parent);
            removeAbandoned(parent);
            String name = PREFIX + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
            Path lockFile = parent.resolve(name + LOCK);
            OWN.add(lockFile);
            FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            FileLock held = channel.lock();
            return new TemporaryDirectory(Files.createDirectory(parent.resolve(name)), lockFile, held);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no temporary directory can be made in " + parent + ": " + e
                            + "; name another with JAVA_OPTS=-Djava.io.tmpdir=DIRECTORY",
                    e);
        }
    }

    Path directory() {
        return directory;
    }

    /** Removes it with all that is in it. */
    @Override
    public void close() {
        try {
            deleteTree(directory);
            lock.acquiredBy().close();
            Files.deleteIfExists(lockFile);
        } catch (IOException | UncheckedIOException e) {
            // what could not be removed now, the next process removes
            System.err.println("the temporary directory " + directory + " is left behind: " + e);
        }
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
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                @Nullable FileLock free = channel.tryLock()) {
            if (free != null) {
                String name = String.valueOf(lockFile.getFileName());
                deleteTree(lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length())));
                Files.deleteIfExists(lockFile);
            }
        } catch (FileSystemException | UncheckedIOException notOurs) {
            // removed meanwhile by another process, or another user's
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
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
