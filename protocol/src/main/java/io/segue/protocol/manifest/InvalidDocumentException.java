package io.segue.protocol.manifest;

import org.jspecify.annotations.Nullable;

/** A JSON object of a backup is not what it must be. The message names its key, the JSON path, line and column. */
public final class InvalidDocumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidDocumentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
