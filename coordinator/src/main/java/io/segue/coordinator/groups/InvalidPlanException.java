package io.segue.coordinator.groups;

import org.jspecify.annotations.Nullable;

/** A file that should hold a reset plan does not. The message names it. */
public final class InvalidPlanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidPlanException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
