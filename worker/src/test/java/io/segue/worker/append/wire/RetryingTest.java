package io.segue.worker.append.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.time.ManualTime;
import io.segue.worker.append.TargetFailure;
import io.segue.worker.append.wire.Retrying.Again;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** How long a request is repeated, by what stops it. */
class RetryingTest {
    private final AtomicInteger tries = new AtomicInteger();
    private final ManualTime time = new ManualTime();
    private final Retrying retrying = new Retrying(time);

    private TargetFailure failure(Errors error) {
        return assertThrows(
                TargetFailure.class,
                () -> retrying.until("log end of orders/0", () -> {
                    tries.incrementAndGet();
                    Retrying.check(error, "topic orders");
                    return "";
                }));
    }

    @Test
    void aDeletedTopicIsNotWaitedForAndNotTriedAgain() {
        for (Errors error : new Errors[] {Errors.UNKNOWN_TOPIC_OR_PARTITION, Errors.UNKNOWN_TOPIC_ID}) {
            Duration before = time.passed();
            TargetFailure failure = failure(error);

            assertFalse(failure.retryable());
            assertTrue(String.valueOf(failure.getMessage()).contains("the topic does not exist any more"));
            Duration waited = time.passed().minus(before);
            assertTrue(waited.compareTo(Duration.ofSeconds(12)) < 0, waited::toString);
            assertTrue(waited.compareTo(Duration.ofSeconds(3)) > 0, waited::toString);
        }
    }

    @Test
    void whatMayPassEndsAsAFailureThatMayBeTriedAgain() {
        TargetFailure failure = failure(Errors.LEADER_NOT_AVAILABLE);

        assertTrue(failure.retryable());
        assertEquals(26, tries.get());
        assertTrue(time.passed().compareTo(Duration.ofSeconds(60)) < 0, time.passed()::toString);
    }

    @Test
    void whatIsForbiddenIsNotTriedAgain() {
        assertFalse(failure(Errors.TOPIC_AUTHORIZATION_FAILED).retryable());
        assertEquals(1, tries.get());
    }

    /** A broker that lags behind says so for a moment; other trouble in between begins the count anew. */
    @Test
    void aTopicThatComesIntoSightIsFound() {
        String found = retrying.until("log end of orders/0", () -> {
            int now = tries.incrementAndGet();
            if (now == 9) {
                throw new IOException("broken");
            }
            if (now < 18) {
                throw new Again("not yet", true);
            }
            return "here";
        });

        assertEquals("here", found);
    }
}
