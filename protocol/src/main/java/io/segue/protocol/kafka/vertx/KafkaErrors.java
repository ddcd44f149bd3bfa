package io.segue.protocol.kafka.vertx;

import io.segue.protocol.kafka.KafkaFailure;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** The one place where errors of the Kafka clients get their meaning: what happened, what to do, whether to try again. */
final class KafkaErrors {
    private KafkaErrors() {}

    /** For topics known to exist a moment ago: not every broker knows a new one at once, so that one is missing may pass. */
    static <T> T whileListed(Callable<T> question) throws Exception {
        try {
            return question.call();
        } catch (ExecutionException e) {
            if (unwrap(e) instanceof UnknownTopicOrPartitionException missing) {
                throw new LeaderNotAvailableException("a topic is listed, but not found", missing);
            }
            throw e;
        }
    }

    /** The error itself, without the wrappers of futures. */
    static Throwable unwrap(Throwable error) {
        Throwable inner = error;
        while ((inner instanceof ExecutionException || inner instanceof CompletionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /**
     * A failure that names what was asked of which cluster.
     *
     * @param what completes "could not …": {@code list the topics}
     */
    static KafkaFailure failure(List<String> cluster, String what, Throwable error) {
        Throwable cause = unwrap(error);
        if (cause instanceof KafkaFailure known) {
            return known;
        }
        String message = "Kafka cluster " + cluster + ": could not " + what + ": " + describe(cause);
        return new KafkaFailure(message, retryable(cause), cause);
    }

    /** True if the same call may succeed later without anybody changing anything. */
    static boolean retryable(Throwable error) {
        Throwable cause = unwrap(error);
        if (cause instanceof KafkaFailure known) {
            return known.retryable();
        }
        // Kafka calls a topic that is not there retriable, because metadata may lag; the client itself waits for that.
        return (cause instanceof RetriableException && !(cause instanceof UnknownTopicOrPartitionException))
                || cause instanceof DisconnectException
                || cause instanceof RebalanceInProgressException
                || cause instanceof java.util.concurrent.TimeoutException;
    }

    /** True if another try right away makes sense; after a time-out the client has used up its own tries. */
    static boolean worthAnotherTry(Throwable error) {
        Throwable cause = unwrap(error);
        return retryable(cause)
                && !(cause instanceof TimeoutException)
                && !(cause instanceof java.util.concurrent.TimeoutException);
    }

    /** The error in words, with what to do about it. */
    static String describe(Throwable error) {
        Throwable cause = unwrap(error);
        if (cause instanceof SslAuthenticationException) {
            return "the TLS handshake failed (" + text(cause)
                    + "); check the trust store, the key store and that the broker's name is in its certificate";
        }
        if (cause instanceof AuthenticationException) {
            return "authentication failed (" + text(cause)
                    + "); check the SASL mechanism, user and password of this cluster";
        }
        if (cause instanceof AuthorizationException) {
            return "an ACL is missing (" + text(cause) + "); grant it to the user that connects here";
        }
        if (cause instanceof TimeoutException || cause instanceof java.util.concurrent.TimeoutException) {
            return "no answer in time (" + text(cause)
                    + "); check that bootstrap.servers and the brokers' advertised listeners are reachable from here, "
                    + "and that security.protocol is the listener's";
        }
        if (cause instanceof UnsupportedVersionException) {
            return "the brokers are too old for this request (" + text(cause) + ")";
        }
        if (cause instanceof UnknownMemberIdException
                || cause instanceof RebalanceInProgressException
                || cause instanceof GroupNotEmptyException
                || cause instanceof GroupSubscribedToTopicException) {
            return "the group has active members; stop its consumers and try again";
        }
        return describeRarer(cause);
    }

    private static String describeRarer(Throwable cause) {
        if (cause instanceof UnknownTopicOrPartitionException) {
            return "the topic or partition does not exist";
        }
        if (cause instanceof GroupIdNotFoundException) {
            return "there is no such consumer group (" + text(cause) + ")";
        }
        if (cause instanceof OffsetMetadataTooLarge) {
            return "the commit's metadata is larger than offset.metadata.max.bytes of the brokers";
        }
        if (cause instanceof ConfigException
                || (cause instanceof KafkaException && cause.getCause() instanceof ConfigException)) {
            Throwable reason = cause instanceof ConfigException ? cause : cause.getCause();
            return "the client's settings are not usable (" + text(reason == null ? cause : reason)
                    + "); correct bootstrap_servers and the security settings";
        }
        return text(cause);
    }

    private static String text(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? error.getClass().getSimpleName() : message;
    }
}
