package io.segue.cli.groups;

/** What the command line asks for cannot be done with what it names: exit code 2, nothing was done. */
public final class UnusableOptionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableOptionException(String message) {
        super(message);
    }
}
