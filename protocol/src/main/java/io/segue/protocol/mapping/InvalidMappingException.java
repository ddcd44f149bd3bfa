package io.segue.protocol.mapping;

import org.jspecify.annotations.Nullable;

/** A file that should hold a mapping does not. The message names it. */
public final class InvalidMappingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidMappingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
