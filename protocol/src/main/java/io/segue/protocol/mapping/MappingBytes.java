package io.segue.protocol.mapping;

import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Random access to the bytes of a stored mapping. */
public interface MappingBytes extends AutoCloseable {
    /** What is read, for messages. */
    String name();

    long size();

    /** Exactly so many bytes from a position on; they are there. */
    ByteBuffer read(long position, int length);

    @Override
    void close();

    /** Of a local file. */
    static MappingBytes of(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return new OfFile(file.toString(), channel, channel.size());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Of a stored object: small ones are read at once, larger ones in the pieces that are asked for.
     *
     * @throws StoreException.NotFound if there is none
     */
    static MappingBytes of(ObjectStore store, String key) {
        long size = store.size(key)
                .orElseThrow(() -> new StoreException.NotFound(store.describe() + " has no " + key, null));
        String name = key + " in " + store.describe();
        return size <= InMemory.LIMIT
                ? new InMemory(name, ByteBuffer.wrap(store.read(key, InMemory.LIMIT)))
                : new OfObject(name, store, key, size);
    }

    record InMemory(String name, ByteBuffer content) implements MappingBytes {
        static final long LIMIT = 4L << 20;

        @Override
        public long size() {
            return content.limit();
        }

        @Override
        public ByteBuffer read(long position, int length) {
            return content.slice((int) position, length);
        }

        @Override
        public void close() {}
    }

    record OfFile(String name, FileChannel channel, long size) implements MappingBytes {
        @Override
        public ByteBuffer read(long position, int length) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            try {
                while (bytes.hasRemaining()) {
                    if (channel.read(bytes, position + bytes.position()) < 0) {
                        throw new InvalidMappingException(name + " was cut while it was read", null);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(name + " cannot be read: " + e.getMessage(), e);
            }
            return bytes.flip();
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(name + " cannot be closed", e);
            }
        }
    }

    record OfObject(String name, ObjectStore store, String key, long size) implements MappingBytes {
        @Override
        public ByteBuffer read(long position, int length) {
            try (InputStream in = store.open(key, position)) {
                byte[] bytes = in.readNBytes(length);
                if (bytes.length < length) {
                    throw new InvalidMappingException(name + " was replaced while it was read", null);
                }
                return ByteBuffer.wrap(bytes);
            } catch (IOException e) {
                throw new StoreException.Unavailable(name + " cannot be read: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() {}
    }
}
