package io.segue.coordinator.groups;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.PrefixedStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;

/** The resets that commands made, beside the jobs in a state store: {@code resets/{id}/reset.json} and their shards. */
public final class ResetRegister {
    private static final int MAX_LISTED = 1_000_000;
    private static final long MAX_BYTES = 1 << 20;
    private static final String HEAD = "/reset.json";
    private static final String ROOT = "resets/";

    private final ObjectStore store;
    private final ObjectMapper json = JobJson.mapper();

    public ResetRegister(ObjectStore store) {
        this.store = store;
    }

    /**
     * One reset.
     *
     * @param startedAt epoch milliseconds
     */
    public record Head(int version, String id, String clusterId, String strategy, long startedAt) {}

    /** Writes down that a reset begins, unless it has begun before. */
    public void begin(Head head) {
        try {
            store.putIfAbsent(ROOT + head.id() + HEAD, json.writeValueAsBytes(head));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a reset cannot be written down", e);
        }
    }

    public ResetState state(String id) {
        return new ResetState(new PrefixedStore(store, ROOT + id));
    }

    /** Resets on a cluster that began at or after a time, in their order. */
    public List<Head> since(String clusterId, long time) {
        return store.list(ROOT, MAX_LISTED).stream()
                .map(ObjectStore.Listed::key)
                .filter(key -> key.endsWith(HEAD))
                .map(this::read)
                .filter(head -> head.clusterId().equals(clusterId) && head.startedAt() >= time)
                .sorted(Comparator.comparingLong(Head::startedAt))
                .toList();
    }

    private Head read(String key) {
        try {
            return json.readValue(store.read(key, MAX_BYTES), Head.class);
        } catch (IOException e) {
            throw new UncheckedIOException(store.describe() + ": " + key + " is damaged: " + e.getMessage(), e);
        }
    }
}
