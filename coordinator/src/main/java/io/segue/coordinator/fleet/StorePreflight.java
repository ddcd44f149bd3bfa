package io.segue.coordinator.fleet;

import io.segue.coordinator.dispatch.WorkerView;
import io.segue.coordinator.jobs.StoreFinding;
import io.segue.protocol.job.message.Messages.SeeStore;
import io.segue.protocol.job.message.Messages.SeenStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.ObjectStore.PutResult;
import io.segue.protocol.store.StoreException;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store can carry a fleet: one winner of a conditional put, and the same objects for every worker. A worker that
 * reads otherwise would write where nobody looks: it is left out, and the others go on. Used by several threads.
 */
public final class StorePreflight {
    private static final Logger LOG = LoggerFactory.getLogger(StorePreflight.class);
    private static final int RACERS = 8;

    private final ObjectStore store;
    private final FleetView view;
    private final Sight sight;

    /** How a worker is asked. */
    public interface Sight {
        /** What the worker reads there; fails if it cannot read, or does not answer in time. */
        CompletableFuture<SeenStore> see(String workerId, SeeStore question);
    }

    /** @param view whose workers are asked, and which is told */
    public StorePreflight(ObjectStore store, FleetView view, Sight sight) {
        this.store = store;
        this.view = view;
        this.sight = sight;
    }

    /** Whether work can be given to the fleet now, after a look at the store and the workers. Blocks for seconds. */
    public StoreFinding look() {
        int winners = withProbe((key, content) -> {
            int won = race(key, content);
            if (won == 1) {
                ask(key, sha256(content));
            }
            return won;
        });
        if (winners != 1) {
            return StoreFinding.trouble(List.of(store.describe() + " does not do conditional puts: of " + RACERS
                    + " writers of one key, " + winners
                    + " were told that they had written it; use a store that does"));
        }
        List<String> leftOut = view.leftOut().entrySet().stream()
                .map(worker -> "worker " + worker.getKey() + " is left out: it " + worker.getValue())
                .toList();
        return view.workers().stream().anyMatch(WorkerView::ready)
                ? new StoreFinding(List.of(), leftOut)
                : StoreFinding.trouble(leftOut);
    }

    /** Asks the workers that joined or restarted since the last look. Blocks for seconds. */
    public void lookAtNewcomers() {
        if (view.toLookAt().isEmpty()) {
            return;
        }
        try {
            withProbe((key, content) -> {
                store.putIfAbsent(key, content);
                ask(key, sha256(content));
                return 1;
            });
        } catch (StoreException e) {
            LOG.warn("event=workers-not-looked-at {}", e.getMessage());
        }
    }

    private interface Probe {
        int with(String key, byte[] content);
    }

    private int withProbe(Probe probe) {
        String key = SeeStore.PREFIX + UUID.randomUUID();
        try {
            return probe.with(key, key.getBytes(StandardCharsets.UTF_8));
        } finally {
            store.delete(key);
        }
    }

    private int race(String key, byte[] content) {
        List<CompletableFuture<PutResult>> puts = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            puts.add(CompletableFuture.supplyAsync(() -> store.putIfAbsent(key, content)));
        }
        try {
            return (int) puts.stream()
                    .map(CompletableFuture::join)
                    .filter(PutResult.WRITTEN::equals)
                    .count();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void ask(String key, String expected) {
        Map<String, Long> asked = view.toLookAt();
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        asked.forEach((id, since) ->
                answers.add(sight.see(id, new SeeStore(key)).handle((reply, failure) -> {
                    if (reply != null) {
                        answered(id, since, reply.sha256().equals(expected) ? null : otherStore(key));
                    } else if (cause(failure) instanceof ReplyException refusal
                            && refusal.failureType() == ReplyFailure.RECIPIENT_FAILURE) {
                        answered(id, since, "cannot read " + store.describe() + ": " + refusal.getMessage());
                    } else {
                        view.silent(id, since, "has not answered yet whether it sees " + store.describe());
                    }
                    return null;
                })));
        answers.forEach(CompletableFuture::join);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private String otherStore(String key) {
        return "does not see " + key + " of " + store.describe() + ": give it the same state: section, or stop it";
    }

    private void answered(String workerId, long since, @Nullable String trouble) {
        if (trouble != null) {
            LOG.warn("event=worker-left-out worker={} it {}", workerId, trouble);
        }
        view.answered(workerId, since, trouble);
    }

    /** As workers answer it. */
    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
