package io.segue.protocol.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the objects below a directory: regular files, without the unfinished ones and without following links. */
final class FileListing extends SimpleFileVisitor<Path> {
    private final Path root;
    private final int limit;
    private final List<ObjectStore.Listed> found = new ArrayList<>();

    FileListing(Path root, int limit) {
        this.root = root;
        this.limit = limit;
    }

    boolean overLimit() {
        return found.size() > limit;
    }

    List<ObjectStore.Listed> sorted() {
        found.sort(Comparator.comparing(ObjectStore.Listed::key));
        return List.copyOf(found);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && !String.valueOf(file.getFileName()).startsWith(ObjectKeys.UNFINISHED)) {
            found.add(new ObjectStore.Listed(FileStore.keyOf(root, file), attributes.size()));
        }
        return overLimit() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        return unlessGone(failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
        return failure == null ? FileVisitResult.CONTINUE : unlessGone(failure);
    }

    /** What vanishes while the listing runs was deleted; any other failure would make the list incomplete. */
    private static FileVisitResult unlessGone(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }
}
