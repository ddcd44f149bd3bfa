package io.segue.cli;

/** How a command ended; the number is what the process exits with. */
public enum ExitCode {
    /** Everything that was asked is done. */
    DONE(0),
    /** It failed, or what was checked is not good. */
    FAILED(1),
    /** The command line or the configuration is wrong; nothing was done. */
    USAGE(2),
    /** Some of it is done; the output says what is not. */
    PARTLY(3),
    /** Stopped on request; {@code resume} goes on from there. */
    INTERRUPTED(4);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The one of a number; a number that is none of ours is a failure. */
    public static ExitCode of(int code) {
        for (ExitCode exitCode : values()) {
            if (exitCode.code == code) {
                return exitCode;
            }
        }
        return FAILED;
    }
}
