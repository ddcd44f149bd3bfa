package io.segue.sandbox.server;

import io.segue.sandbox.SandboxException;

/** A server that somebody waits for, and that may die meanwhile. */
public interface Watched {
    /** For messages. */
    String name();

    /** Throws what {@link #failure} says if the server has ended. */
    void requireAlive();

    /** {@code what} happened to the server, with the end of its log. */
    SandboxException failure(String what);
}
