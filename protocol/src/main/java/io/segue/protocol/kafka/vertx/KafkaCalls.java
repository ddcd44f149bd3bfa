package io.segue.protocol.kafka.vertx;

import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.time.Time;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.kafka.admin.KafkaAdminClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/** Asks one cluster and waits: bounded, off the event loop, and again where that may help. */
final class KafkaCalls {
    private final KafkaAdminClient client;
    private final Admin admin;
    private final List<String> cluster;
    private final CallLimits limits;
    private final Time time;
    private final RandomGenerator random;

    KafkaCalls(
            KafkaAdminClient client,
            Admin admin,
            List<String> cluster,
            CallLimits limits,
            Time time,
            RandomGenerator random) {
        this.client = client;
        this.admin = admin;
        this.cluster = cluster;
        this.limits = limits;
        this.time = time;
        this.random = random;
    }

    /** A call of the Vert.x client, repeated while that may help. */
    <T> T ask(String what, Function<KafkaAdminClient, Future<T>> call) {
        return repeat(what, () -> await(call.apply(client)));
    }

    /** A call of the native client, repeated while that may help. */
    <T> T askNative(String what, Function<Admin, KafkaFuture<T>> call) {
        return repeat(what, () -> await(call.apply(admin)));
    }

    /** A call of the native client that is made once, because a second one would mean something else. */
    <T> T askOnce(String what, Function<Admin, KafkaFuture<T>> call) {
        refuseEventLoop();
        try {
            return await(call.apply(admin));
        } catch (Exception e) {
            throw failure(what, e);
        }
    }

    KafkaAdminClient client() {
        return client;
    }

    Admin admin() {
        return admin;
    }

    /** Waits for one answer of the Vert.x client. */
    <T> T await(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.toCompletionStage()
                .toCompletableFuture()
                .get(limits.call().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for one answer of the native client. */
    <T> T await(KafkaFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(limits.call().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs {@code question} until it succeeds, fails for good, or the time is up. */
    <T> T repeat(String what, Callable<T> question) {
        return repeatWhile(what, question, answer -> false);
    }

    /** As {@link #repeat}, and also while {@code again} says so of the answer; the last answer when the time is up. */
    <T> T repeatWhile(String what, Callable<T> question, Predicate<T> again) {
        refuseEventLoop();
        long deadline = time.nanos() + limits.total().toNanos();
        for (int attempt = 1; ; attempt++) {
            Duration pause = limits.pauses().after(attempt, random);
            try {
                T answer = question.call();
                if (!again.test(answer) || isLast(attempt, pause, deadline)) {
                    return answer;
                }
            } catch (Exception e) {
                if (!KafkaErrors.worthAnotherTry(e) || isLast(attempt, pause, deadline)) {
                    throw failure(what, e);
                }
            }
            waitFor(what, pause);
        }
    }

    private boolean isLast(int attempt, Duration pause, long deadline) {
        return !limits.pauses().goesOn(attempt) || time.nanos() + pause.toNanos() - deadline >= 0;
    }

    /** The failure to throw; errors that are no failure of a cluster, but bugs, are thrown as they are. */
    private KafkaFailure failure(String what, Throwable error) {
        Throwable cause = KafkaErrors.unwrap(error);
        if (error instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new KafkaFailure("Kafka cluster " + cluster + ": interrupted, waiting to " + what, true, error);
        }
        if (cause instanceof Error fatal) {
            throw fatal;
        }
        if (cause instanceof RuntimeException bug
                && !(cause instanceof KafkaException)
                && !(cause instanceof KafkaFailure)) {
            throw bug;
        }
        return KafkaErrors.failure(cluster, what, error);
    }

    private void waitFor(String what, Duration pause) {
        try {
            time.pause(pause);
        } catch (InterruptedException e) {
            throw failure(what, e);
        }
    }

    private static void refuseEventLoop() {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("a blocking call to a Kafka cluster on an event loop");
        }
    }
}
