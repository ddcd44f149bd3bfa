package io.segue.sandbox.faults;

import java.time.Duration;

/** What can go wrong between a client and the S3 server. Sizes and positions are bytes of the HTTP body. */
public sealed interface Fault {
    /** Whose body a fault concerns. */
    enum Side {
        REQUEST,
        RESPONSE
    }

    /** Answers with an HTTP status from 400 to 599 and an S3 error document; the server never sees the request. */
    record ErrorAnswer(int status) implements Fault {
        public ErrorAnswer {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("an error has a status from 400 to 599, not " + status);
            }
        }
    }

    /** Holds the request back before the server sees it. */
    record Delay(Duration time) implements Fault {
        public Delay {
            if (time.isNegative() || time.compareTo(Duration.ofMinutes(10)) > 0) {
                throw new IllegalArgumentException("a delay lasts from 0 to 10 minutes, not " + time);
            }
        }
    }

    /** Limits both bodies of a request to so many bytes a second each. */
    record Bandwidth(long bytesPerSecond) implements Fault {
        public Bandwidth {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("a bandwidth is at least 1 byte a second, not " + bytesPerSecond);
            }
        }
    }

    /**
     * Closes the connection after so many bytes of a body, if it has that many. {@code Cut(RESPONSE, 0)} loses the whole
     * answer of a request that the server has carried out; a later cut leaves fewer bytes than the answer promised.
     */
    record Cut(Side side, long afterBytes) implements Fault {
        public Cut {
            requirePosition(afterBytes);
        }
    }

    /** Passes nothing more on after so many bytes, and keeps the connection open until the fault is removed. */
    record Stall(Side side, long afterBytes) implements Fault {
        public Stall {
            requirePosition(afterBytes);
        }
    }

    /** Shortens an answer with a body of known length to so many bytes and says so in its Content-Length: well formed, but wrong. */
    record Truncate(long toBytes) implements Fault {
        public Truncate {
            requirePosition(toBytes);
        }
    }

    /** Flips the lowest bit of the byte at this position of an answer's body, if it has that many. */
    record Corrupt(long position) implements Fault {
        public Corrupt {
            requirePosition(position);
        }
    }

    private static void requirePosition(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a position in a body is not negative: " + bytes);
        }
    }
}
