package io.segue.worker.agent;

import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.SeeStore;
import io.segue.protocol.job.message.Messages.SeenStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Callable;

/** Answers what this worker sees in the store that holds the state of jobs: the leader asks before it hands out work. */
public final class StoreSight implements AutoCloseable {
    private static final long MAX_BYTES = 64L << 10;

    private final ObjectStore state;
    private final MessageConsumer<String> questions;

    /** Answers until it is closed. */
    public StoreSight(Vertx vertx, String workerId, ObjectStore state) {
        this.state = state;
        this.questions = vertx.eventBus()
                .consumer(
                        Messages.seeAddress(workerId),
                        message -> vertx.executeBlocking(answer(message), false)
                                .onSuccess(message::reply)
                                .onFailure(failure -> message.fail(1, String.valueOf(failure.getMessage()))));
    }

    private Callable<String> answer(Message<String> message) {
        return () -> Messages.write(new SeenStore(see(Messages.read(message.body(), SeeStore.class))));
    }

    private String see(SeeStore question) throws NoSuchAlgorithmException {
        if (!question.key().startsWith(SeeStore.PREFIX)) {
            return "";
        }
        try {
            byte[] content = state.read(question.key(), MAX_BYTES);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (StoreException.NotFound | StoreException.TooLarge e) {
            return "";
        }
    }

    @Override
    public void close() {
        questions.unregister();
    }
}
