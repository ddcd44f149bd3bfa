package io.segue.e2e.chaos;

import io.segue.e2e.fleet.Ground;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A directory whose temporary files have a file system of their own, so small that it can be filled up, where this process may
 * mount one.
 */
final class SmallDisk implements Ground {
    private final Path parent;
    private final Path directory;
    private final boolean mounted;

    private SmallDisk(Path parent, Path directory, boolean mounted) {
        this.parent = parent;
        this.directory = directory;
        this.mounted = mounted;
    }

    static SmallDisk below(Path parent) {
        try {
            Path directory = Files.createDirectory(parent.resolve("spool"));
            boolean mounted =
                    run(List.of("mount", "-t", "tmpfs", "-o", "size=128m", "segue-chaos", directory.toString()));
            return new SmallDisk(parent, directory, mounted);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a directory below " + parent, e);
        }
    }

    @Override
    public Path directory() {
        return parent;
    }

    @Override
    public Path temporary() {
        return directory;
    }

    /** False: it is an ordinary directory, which is not to be filled. */
    boolean isSmall() {
        return mounted;
    }

    @Override
    public void close() {
        if (mounted) {
            run(List.of("umount", "-l", directory.toString()));
        }
    }

    private static boolean run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
