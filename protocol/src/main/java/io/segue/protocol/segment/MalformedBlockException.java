package io.segue.protocol.segment;

import java.io.IOException;

/** An LZ4 block that no compressor writes. */
final class MalformedBlockException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedBlockException(String message) {
        super(message);
    }
}
