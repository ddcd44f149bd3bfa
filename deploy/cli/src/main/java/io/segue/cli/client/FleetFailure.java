package io.segue.cli.client;

import io.segue.cli.ExitCode;

/** The fleet did not do what it was asked for; the message says why and what to do. */
public final class FleetFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final boolean unknown;

    FleetFailure(ExitCode exitCode, String message) {
        this(exitCode, message, false);
    }

    FleetFailure(ExitCode exitCode, String message, boolean unknown) {
        super(message);
        this.exitCode = exitCode;
        this.unknown = unknown;
    }

    /** True if the fleet answers that it has no such thing. */
    public boolean unknown() {
        return unknown;
    }

    /** {@link ExitCode#USAGE} if what was asked for is wrong, {@link ExitCode#FAILED} if the fleet is. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
