package io.segue.protocol.kafka.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.kafka.KafkaFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class AwaitingTest {
    private final Awaiting awaiting = new Awaiting(List.of("kafka:9092"), Duration.ofMillis(50));

    @Test
    void theAnswerIsReturned() {
        assertEquals("answer", awaiting.await("ask", Future.succeededFuture("answer")));
    }

    @Test
    void noAnswerInTimeIsAFailureThatMayBeRetried() {
        KafkaFailure failure = assertThrows(
                KafkaFailure.class,
                () -> awaiting.await("read orders/1", Promise.promise().future()));
        assertTrue(failure.retryable());
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("[kafka:9092]: could not read orders/1: no answer in time"), message);
    }

    @Test
    void whatTheClientSaysIsClassifiedAndKept() {
        TopicAuthorizationException refusal = new TopicAuthorizationException("orders");
        KafkaFailure failure =
                assertThrows(KafkaFailure.class, () -> awaiting.await("read orders/1", Future.failedFuture(refusal)));
        assertSame(refusal, failure.getCause());
        assertEquals(false, failure.retryable());
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() {
        Thread.currentThread().interrupt();
        assertThrows(
                KafkaFailure.class,
                () -> awaiting.await("read orders/1", Promise.promise().future()));
        assertTrue(Thread.interrupted());
    }
}
