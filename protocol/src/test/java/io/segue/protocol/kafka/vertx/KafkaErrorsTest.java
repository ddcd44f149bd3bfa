package io.segue.protocol.kafka.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.kafka.KafkaFailure;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.CoordinatorLoadInProgressException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaErrorsTest {
    private static final List<String> CLUSTER = List.of("kafka-1:9092");

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new SaslAuthenticationException("bad user"), false, false, "authentication failed"),
                Arguments.of(new SslAuthenticationException("no path"), false, false, "TLS handshake"),
                Arguments.of(GroupAuthorizationException.forGroupId("g"), false, false, "ACL"),
                Arguments.of(new TimeoutException("Timed out"), true, false, "bootstrap.servers"),
                Arguments.of(new java.util.concurrent.TimeoutException(), true, false, "bootstrap.servers"),
                Arguments.of(new CoordinatorLoadInProgressException("loading"), true, true, "loading"),
                Arguments.of(new UnknownMemberIdException("m"), false, false, "active members"),
                Arguments.of(new OffsetMetadataTooLarge("m"), false, false, "offset.metadata.max.bytes"),
                Arguments.of(new TopicExistsException("Topic 'a' already exists."), false, false, "already exists"),
                Arguments.of(new UnsupportedVersionException("v9"), false, false, "too old"),
                Arguments.of(
                        new KafkaException("Failed to create", new ConfigException("No resolvable bootstrap urls")),
                        false,
                        false,
                        "No resolvable bootstrap urls"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void everyErrorSaysWhatWasAskedOfWhomAndWhatToDo(
            Throwable error, boolean retryable, boolean rightAway, String words) {
        KafkaFailure failure =
                KafkaErrors.failure(CLUSTER, "list the topics", new ExecutionException(new CompletionException(error)));

        assertEquals(retryable, failure.retryable());
        assertEquals(rightAway, KafkaErrors.worthAnotherTry(error));
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("kafka-1:9092"), message);
        assertTrue(message.contains("could not list the topics"), message);
        assertTrue(message.contains(words), message);
    }

    @Test
    void aClassifiedFailureIsNotClassifiedAgain() {
        KafkaFailure known = new KafkaFailure("known", true, null);

        assertSame(known, KafkaErrors.failure(CLUSTER, "anything", new ExecutionException(known)));
    }
}
