package io.segue.protocol.group;

import org.jspecify.annotations.Nullable;

/** A file that should hold a group snapshot does not. The message names it. */
public final class InvalidSnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSnapshotException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
