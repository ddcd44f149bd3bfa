package io.segue.sandbox;

import org.jspecify.annotations.Nullable;

/** A part of the sandbox did not start, died, or did not do what it was told in time. */
public final class SandboxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SandboxException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
