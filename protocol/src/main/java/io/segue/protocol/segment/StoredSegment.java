package io.segue.protocol.segment;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a stored object, at hand locally: in memory, or spooled to a file. May be read several times. */
public interface StoredSegment {
    /** Bytes of the whole object. */
    long length();

    /** A new stream from the first byte; the caller closes it. */
    InputStream newStream() throws IOException;

    static StoredSegment of(byte[] content) {
        return new StoredSegment() {
            @Override
            public long length() {
                return content.length;
            }

            @Override
            public InputStream newStream() {
                return new ByteArrayInputStream(content);
            }
        };
    }

    /** @throws IOException if there is no such file */
    static StoredSegment of(Path file) throws IOException {
        long length = Files.size(file);
        return new StoredSegment() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream newStream() throws IOException {
                return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            }
        };
    }
}
