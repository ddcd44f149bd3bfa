package io.segue.cli.client;

import io.segue.cli.ExitCode;

/** The fleet did not do what it was asked for; the message says why and what to do. */
public final class FleetFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    FleetFailure(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** {@link ExitCode#USAGE} if what was asked for is wrong, {@link ExitCode#FAILED} if the fleet is. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
