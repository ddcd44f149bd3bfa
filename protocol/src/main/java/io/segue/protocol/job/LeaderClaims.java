package io.segue.protocol.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.ObjectStore.PutResult;
import io.segue.protocol.store.StoreException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Who may lead, in the durable store: one immutable object per epoch, written with put-if-absent. */
public final class LeaderClaims {
    private static final int MAX_CLAIMS = 1_000_000;
    private static final long MAX_BYTES = 64L << 10;

    private final ObjectStore store;
    private final ObjectMapper json;

    LeaderClaims(ObjectStore store, ObjectMapper json) {
        this.store = store;
        this.json = json;
    }

    /** The claim of the highest epoch. */
    public Optional<LeaderClaim> newest() {
        return store.list("leader/", MAX_CLAIMS).stream()
                .map(ObjectStore.Listed::key)
                .reduce((first, second) -> second)
                .map(this::read);
    }

    /** True while nobody has claimed a higher epoch; one small request. */
    public boolean stands(LeaderClaim claim) {
        return store.size(key(claim.epoch() + 1)).isEmpty();
    }

    /** Claims an epoch; false if somebody else has it. */
    public boolean claim(LeaderClaim claim) {
        byte[] content = write(claim);
        PutResult result;
        try {
            result = store.putIfAbsent(key(claim.epoch()), content);
        } catch (StoreException.Unavailable e) {
            // the put may have been carried out all the same
            if (store.size(key(claim.epoch())).isEmpty()) {
                throw e;
            }
            result = PutResult.EXISTS;
        }
        return result == PutResult.WRITTEN || Arrays.equals(store.read(key(claim.epoch()), MAX_BYTES), content);
    }

    private LeaderClaim read(String key) {
        try {
            return json.readValue(store.read(key, MAX_BYTES), LeaderClaim.class);
        } catch (IOException e) {
            throw new EventLog.CorruptLogException(key + " is not a claim of leadership: " + e.getMessage(), e);
        }
    }

    private byte[] write(LeaderClaim claim) {
        try {
            return json.writeValueAsBytes(claim);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the claim cannot be written", e);
        }
    }

    private static String key(int epoch) {
        return "leader/" + String.format("%010d", epoch) + ".json";
    }
}
