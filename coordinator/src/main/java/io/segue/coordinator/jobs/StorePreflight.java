package io.segue.coordinator.jobs;

import io.segue.protocol.job.message.Messages.SeeStore;
import io.segue.protocol.job.message.Messages.SeenStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.ObjectStore.PutResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Whether the store can carry a fleet: one winner of a conditional put, and the same objects for every worker. A worker that
 * does not answer says nothing; one that answers otherwise would write where nobody looks.
 */
public final class StorePreflight {
    private static final int RACERS = 8;

    private final ObjectStore store;
    private final Supplier<List<String>> workers;
    private final Sight sight;

    /** How a worker is asked. */
    public interface Sight {
        /** What the worker reads there; fails if it does not answer in time. */
        CompletableFuture<SeenStore> see(String workerId, SeeStore question);
    }

    /** @param workers ids of those that take orders now */
    public StorePreflight(ObjectStore store, Supplier<List<String>> workers, Sight sight) {
        this.store = store;
        this.workers = workers;
        this.sight = sight;
    }

    /** What speaks against giving work to the fleet now; empty if nothing. Blocks for seconds. */
    public List<String> trouble() {
        String key = SeeStore.PREFIX + UUID.randomUUID();
        byte[] content = key.getBytes(StandardCharsets.UTF_8);
        try {
            int winners = race(key, content);
            if (winners != 1) {
                return List.of(store.describe() + " does not do conditional puts: of " + RACERS + " writers of " + key
                        + ", " + winners + " were told that they had written it; use a store that does");
            }
            return blindWorkers(key, sha256(content));
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

    private List<String> blindWorkers(String key, String expected) {
        Map<String, CompletableFuture<SeenStore>> asked = new TreeMap<>();
        workers.get().forEach(id -> asked.put(id, sight.see(id, new SeeStore(key))));
        List<String> trouble = new ArrayList<>();
        asked.forEach((id, answer) -> {
            String seen = answer.handle((reply, failure) -> reply == null ? expected : reply.sha256())
                    .join();
            if (!seen.equals(expected)) {
                trouble.add("worker " + id + " does not see " + key + " of " + store.describe()
                        + ": give it the same state: section, or stop it");
            }
        });
        return trouble;
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
