package io.segue.coordinator.api;

import java.time.Duration;

/** What a client can make a coordinator hold or do at most. */
final class ApiLimits {
    /** Bytes of a request's body: a configuration of 4 MiB with room for the escapes of JSON. */
    static final int BODY = 8 << 20;

    /** Characters of a configuration; the loader takes less. */
    static final int CONFIG = 4 << 20;

    /** Bytes of a request line. */
    static final int ADDRESS = 2_048;

    /** Bytes of all headers of a request. */
    static final int HEADERS = 16_384;

    /** Calls under way or waiting that may block; beyond, a request is answered 503. */
    static final int CALLS = 64;

    /** Threads for them. */
    static final int THREADS = 8;

    /** Followers of jobs at a time; beyond, a request is answered 503. */
    static final int FOLLOWERS = 1_000;

    /** Bytes that wait for a follower before it counts as full. */
    static final int FOLLOWER_QUEUE = 256 << 10;

    /** Between two signs of life to a follower; the view is read again as often. */
    static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** A connection that moves no byte in either direction is closed: of slow senders and of followers that take nothing. */
    static final Duration IDLE = Duration.ofSeconds(75);

    /** Jobs in an answer. */
    static final int JOBS = 1_000;

    /** Tasks named in a retry. */
    static final int TASKS = 10_000;

    private ApiLimits() {}
}
