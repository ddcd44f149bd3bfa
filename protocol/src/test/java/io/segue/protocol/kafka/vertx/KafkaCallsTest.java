package io.segue.protocol.kafka.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.time.Backoff;
import io.segue.protocol.time.Time;
import io.vertx.core.Vertx;
import io.vertx.kafka.admin.KafkaAdminClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaCallsTest {
    private static final CallLimits LIMITS = new CallLimits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 1000));

    private final Vertx vertx = Vertx.vertx();
    private final AdminClient admin =
            AdminClient.create(java.util.Map.<String, Object>of("bootstrap.servers", "127.0.0.1:1"));
    private final List<Duration> paused = new ArrayList<>();
    private long now;
    private final KafkaCalls calls = new KafkaCalls(
            KafkaAdminClient.create(vertx, admin),
            admin,
            List.of("kafka-1:9092"),
            LIMITS,
            new StandingTime(),
            new Random(1));

    @AfterEach
    void close() throws Exception {
        admin.close(Duration.ZERO);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aPassingErrorIsTriedAgainAfterGrowingPauses() {
        Deque<Exception> errors = new ArrayDeque<>();
        for (int i = 0; i < 4; i++) {
            errors.add(new ExecutionException(new CoordinatorNotAvailableException("moving")));
        }

        String answer = calls.repeat("ask", () -> {
            if (!errors.isEmpty()) {
                throw errors.remove();
            }
            return "there";
        });

        assertEquals("there", answer);
        assertEquals(4, paused.size());
        for (int i = 0; i < paused.size(); i++) {
            long full = 100L << i;
            assertTrue(paused.get(i).toMillis() >= full / 2 && paused.get(i).toMillis() <= full, paused.toString());
        }
    }

    @Test
    void tryingEndsWhenTheTimeIsUp() {
        KafkaFailure failure = assertThrows(
                KafkaFailure.class,
                () -> calls.repeat("ask", () -> {
                    throw new CoordinatorNotAvailableException("moving");
                }));

        assertTrue(failure.retryable());
        assertTrue(now <= LIMITS.total().toNanos(), "tried for " + now + " ns");
        assertTrue(now >= LIMITS.total().toNanos() / 2, "gave up after " + now + " ns");
    }

    @Test
    void aLastingErrorIsNotTriedAgain() {
        KafkaFailure failure = assertThrows(
                KafkaFailure.class,
                () -> calls.repeat("fetch offsets", () -> {
                    throw GroupAuthorizationException.forGroupId("g");
                }));

        assertFalse(failure.retryable());
        assertTrue(paused.isEmpty());
    }

    @Test
    void aBugIsNotTakenForAFailureOfTheCluster() {
        assertThrows(
                ArithmeticException.class,
                () -> calls.repeat("ask", () -> {
                    throw new ExecutionException(new ArithmeticException());
                }));
    }

    @Test
    void anAnswerThatMayImproveIsAskedForAgainAndTheLastOneCounts() {
        int[] asked = {0};

        assertEquals(3, calls.repeatWhile("ask", () -> ++asked[0], answer -> answer < 3));
        assertTrue(calls.repeatWhile("ask", () -> ++asked[0], answer -> true) > 3);
    }

    @Test
    void anInterruptedCallerStaysInterrupted() {
        KafkaFailure failure = assertThrows(
                KafkaFailure.class,
                () -> calls.repeat("ask", () -> {
                    throw new InterruptedException();
                }));

        assertTrue(Thread.interrupted());
        assertTrue(failure.retryable());
    }

    @Test
    void noEventLoopIsEverBlocked() {
        ExecutionException refused = assertThrows(
                ExecutionException.class,
                () -> vertx.getOrCreateContext()
                        .<String>executeBlocking(() -> "warm")
                        .map(warm -> calls.repeat("ask", () -> "blocked"))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS));

        assertTrue(refused.getCause() instanceof IllegalStateException, refused.toString());
    }

    /** Time that passes only where somebody waits. */
    private final class StandingTime implements Time {
        @Override
        public long wallMillis() {
            return now / 1_000_000;
        }

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void pause(Duration length) {
            paused.add(length);
            now += length.toNanos();
        }
    }
}
