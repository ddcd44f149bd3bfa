package io.segue.protocol.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * A directory as an object store, on a POSIX file system that has hard links. The directory is created by the first
 * write. Symbolic links below it are never followed: reading or writing through one is a
 * {@link StoreException.BadKey}, and they are not listed; the directory itself may be one.
 *
 * <p>Unlike on S3, an object {@code a} and an object {@code a/b} cannot both be there: the second is a
 * {@link StoreException.BadKey}.
 */
public final class FileStore implements ObjectStore {
    private static final int COPY_CHUNK = 8 << 20;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private final Path root;
    private final DurableFiles files;

    public FileStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.files = new DurableFiles(this.root);
    }

    @Override
    public String describe() {
        return "file://" + root;
    }

    @Override
    public byte[] read(String key, long limit) {
        try (FileBody body = open(key, 0)) {
            if (body.remaining() > Math.min(limit, MAX_ARRAY)) {
                throw new StoreException.TooLarge(named(key) + " is larger than " + limit + " bytes");
            }
            return body.readAllBytes();
        } catch (IOException failure) {
            throw FileFailures.classify(failure, "read", named(key));
        }
    }

    @Override
    public FileBody open(String key, long offset) {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset);
        }
        Path file = resolve(key);
        try {
            requireRegular(file);
            return body(key, file, offset);
        } catch (IOException failure) {
            throw FileFailures.classify(failure, "read", named(key));
        }
    }

    private FileBody body(String key, Path file, long offset) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            long size = channel.size();
            if (offset > size) {
                throw new StoreException.NotFound(named(key) + " has " + size + " bytes, none at " + offset, null);
            }
            channel.position(offset);
            return new FileBody(channel, size - offset, named(key));
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    @Override
    public Optional<Long> size(String key) {
        Path file = resolve(key);
        try {
            return Optional.of(requireRegular(file).size());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failure) {
            throw FileFailures.classify(failure, "look at", named(key));
        }
    }

    @Override
    public void put(String key, byte[] content) {
        Path target = resolve(key);
        try {
            files.replace(target, file -> writeAll(file, content));
        } catch (IOException failure) {
            throw FileFailures.classify(failure, "write", named(key));
        }
    }

    @Override
    public void put(String key, Path content) {
        Path target = resolve(key);
        try (FileChannel source = openContent(content)) {
            files.replace(target, file -> copy(source, file));
        } catch (IOException failure) {
            throw FileFailures.classify(failure, "write", named(key));
        }
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        Path target = resolve(key);
        try {
            return files.create(target, file -> writeAll(file, content)) ? PutResult.WRITTEN : PutResult.EXISTS;
        } catch (IOException failure) {
            throw FileFailures.classify(failure, "write", named(key));
        }
    }

    @Override
    public List<Listed> list(String prefix, int limit) {
        String below = ObjectKeys.requirePrefix(prefix);
        Path start = below.isEmpty() ? root : resolve(below.substring(0, below.length() - 1));
        FileListing listing;
        try {
            // the root may be a link: the walk follows none, so it starts behind it
            Path realRoot = root.toRealPath();
            listing = new FileListing(realRoot, limit);
            Path realStart = realRoot.resolve(root.relativize(start));
            if (Files.isDirectory(realStart)) {
                Files.walkFileTree(realStart, listing);
            }
        } catch (NoSuchFileException nothingWrittenYet) {
            return List.of();
        } catch (IOException failure) {
            throw FileFailures.classify(failure, "list", named(below));
        }
        if (listing.overLimit()) {
            throw new StoreException.TooLarge(named(below) + " holds more than " + limit + " objects");
        }
        return listing.sorted();
    }

    @Override
    public void delete(String key) {
        Path file = resolve(key);
        try {
            requireRegular(file);
            Files.deleteIfExists(file);
        } catch (NoSuchFileException absent) {
            return;
        } catch (IOException failure) {
            throw FileFailures.classify(failure, "delete", named(key));
        }
    }

    @Override
    public void close() {
        // nothing is held between calls
    }

    static String keyOf(Path root, Path file) {
        return root.relativize(file).toString();
    }

    private String named(String key) {
        return describe() + "/" + key;
    }

    /** The file of a key, whether or not it is there, with every name on the way checked not to be a link. */
    private Path resolve(String key) {
        Path file = join(ObjectKeys.requireKey(key));
        Path step = root;
        for (Path name : root.relativize(file)) {
            step = step.resolve(name);
            if (Files.isSymbolicLink(step)) {
                throw new StoreException.BadKey(
                        step + " is a symbolic link; links below " + root + " are not followed");
            }
        }
        return file;
    }

    private Path join(String key) {
        try {
            Path file = root.resolve(key).normalize();
            if (file.startsWith(root) && keyOf(root, file).equals(key)) {
                return file;
            }
        } catch (InvalidPathException notAPath) {
            throw new StoreException.BadKey("the key \"" + key + "\" cannot be a file name here: "
                    + notAPath.getReason() + "; letters beyond ASCII need a UTF-8 locale");
        }
        throw new StoreException.BadKey("the key \"" + key + "\" leads out of " + root);
    }

    private static BasicFileAttributes requireRegular(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isRegularFile()) {
                return attributes;
            }
        } catch (FileSystemException failure) {
            if (!FileFailures.nothingBelowAFile(failure)) {
                throw failure;
            }
        }
        throw new NoSuchFileException(file.toString());
    }

    private static FileChannel openContent(Path content) {
        try {
            return FileChannel.open(content, StandardOpenOption.READ);
        } catch (IOException failure) {
            throw new StoreException.Refused("cannot read " + content + ", which is to be stored: " + failure, failure);
        }
    }

    private static void writeAll(FileChannel file, byte[] content) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
            file.write(rest);
        }
    }

    private static void copy(FileChannel source, FileChannel file) throws IOException {
        long size = source.size();
        for (long done = 0; done < size; ) {
            long count = source.transferTo(done, Math.min(COPY_CHUNK, size - done), file);
            if (count == 0) {
                throw new IOException("the file to be stored became shorter while it was read");
            }
            done += count;
        }
    }
}
