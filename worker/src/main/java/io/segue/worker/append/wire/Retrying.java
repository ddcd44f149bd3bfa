package io.segue.worker.append.wire;

import io.segue.protocol.time.Backoff;
import io.segue.protocol.time.Time;
import io.segue.worker.append.TargetFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;

/** Repeats a request while what stopped it may pass. */
final class Retrying {
    /** About 40 seconds in all: longer than an election, shorter than a person's patience. */
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), 26);

    /** About 8 seconds in all: longer than a broker's knowledge of a topic lags behind, no wait for one that was deleted. */
    private static final Backoff WHILE_UNKNOWN = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), 11);

    private static final Set<Errors> FENCES = EnumSet.of(
            Errors.PRODUCER_FENCED,
            Errors.INVALID_PRODUCER_EPOCH,
            Errors.INVALID_PRODUCER_ID_MAPPING,
            Errors.INVALID_TXN_STATE);

    private final Time time;
    private final Backoff backoff;

    Retrying(Time time) {
        this(time, BACKOFF);
    }

    Retrying(Time time, Backoff backoff) {
        this.time = time;
        this.backoff = backoff;
    }

    /** Another writer has gone beyond the one that asked. */
    static boolean isFence(Errors error) {
        return FENCES.contains(error);
    }

    /** One try of a request. */
    interface Try<T> {
        T once() throws IOException, Again;
    }

    /** This try did not succeed; the next may. */
    static final class Again extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean unknown;

        Again(String message) {
            this(message, false);
        }

        /** @param unknown the brokers do not know the topic, which was there before */
        Again(String message, boolean unknown) {
            super(message);
            this.unknown = unknown;
        }
    }

    /** Throws what an error code of a response means. */
    static void check(Errors error, String what) throws Again {
        if (error == Errors.NONE) {
            return;
        }
        if (error == Errors.UNKNOWN_TOPIC_OR_PARTITION || error == Errors.UNKNOWN_TOPIC_ID) {
            throw new Again(what + ": the topic does not exist any more; was it deleted?", true);
        }
        boolean passes = error.exception() instanceof RetriableException || error == Errors.CONCURRENT_TRANSACTIONS;
        if (passes) {
            throw new Again(what + ": " + error);
        }
        throw new TargetRefusal(what + ": " + error + " (" + error.message() + ")", FENCES.contains(error));
    }

    <T> T until(String what, Try<T> request) {
        int unknown = 0;
        for (int attempt = 1; ; attempt++) {
            Exception failure;
            try {
                return request.once();
            } catch (TargetRefusal e) {
                throw new TargetFailure(what + ": " + e.getMessage(), e.retryable(), e);
            } catch (IOException | Again e) {
                failure = e;
            }
            unknown = failure instanceof Again again && again.unknown ? unknown + 1 : 0;
            if (unknown > 0 && !WHILE_UNKNOWN.goesOn(unknown)) {
                throw new TargetFailure(what + ": " + failure.getMessage(), false, failure);
            }
            if (!backoff.goesOn(attempt)) {
                throw new TargetFailure(
                        what + ": gave up after " + attempt + " tries: " + failure.getMessage(), true, failure);
            }
            pause(what, backoff.after(attempt, ThreadLocalRandom.current()));
        }
    }

    private void pause(String what, Duration duration) {
        try {
            time.pause(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetFailure(what + ": interrupted", true, e);
        }
    }
}
