package io.segue.protocol.group;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.ObjectStore.PutResult;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps snapshots in an object store, in the peer's two files: {@code snapshot.json} and {@code metadata.json}, below
 * {@code offset-snapshots/{id}/} or wherever the caller says. A snapshot is never replaced.
 */
public final class SnapshotStore {
    private static final long MAX_BYTES = 256L << 20;

    private final ObjectStore store;
    private final ObjectMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    public SnapshotStore(ObjectStore store) {
        this.store = store;
    }

    /** What {@code metadata.json} holds: the peer lists snapshots by these. */
    record Metadata(
            String snapshotId,
            String createdAt,
            int groupCount,
            int offsetCount,
            @Nullable String restoreId,
            @Nullable String description) {}

    /** Where the peer looks for a snapshot: at the root of the storage. */
    public static String key(String snapshotId) {
        if (!snapshotId.matches("[A-Za-z0-9._-]{1,200}") || snapshotId.startsWith(".")) {
            throw new InvalidSnapshotException("'" + snapshotId + "' is no snapshot id", null);
        }
        return "offset-snapshots/" + snapshotId + "/snapshot.json";
    }

    /**
     * Stores a snapshot under {@code key}, which ends in {@code snapshot.json}, and its metadata beside it.
     *
     * @return what the key holds now: this snapshot, or the one that was there before, which stays
     */
    public OffsetSnapshot saveOnce(String key, OffsetSnapshot snapshot) {
        byte[] content = write(SnapshotFile.of(snapshot));
        if (store.putIfAbsent(key, content) == PutResult.EXISTS
                && !Arrays.equals(store.read(key, MAX_BYTES), content)) {
            return load(key);
        }
        store.put(
                key.substring(0, key.lastIndexOf('/') + 1) + "metadata.json",
                write(new Metadata(
                        snapshot.snapshotId(),
                        snapshot.createdAt().toString(),
                        snapshot.groups().size(),
                        snapshot.offsetCount(),
                        snapshot.restoreId(),
                        snapshot.description())));
        return snapshot;
    }

    /**
     * Reads a snapshot, ours or the peer's.
     *
     * @throws InvalidSnapshotException if it is none
     * @throws io.segue.protocol.store.StoreException if it is not there
     */
    public OffsetSnapshot load(String key) {
        byte[] content = store.read(key, MAX_BYTES);
        String place = key + " in " + store.describe();
        try {
            return json.readValue(content, SnapshotFile.class).snapshot();
        } catch (JsonProcessingException e) {
            throw new InvalidSnapshotException(
                    place + " is no group snapshot: " + e.getOriginalMessage() + " (line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ")",
                    e);
        } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
            throw new InvalidSnapshotException(place + " is no group snapshot: " + e.getMessage(), e);
        }
    }

    /** The snapshot as it stands in {@code snapshot.json}. */
    public byte[] write(OffsetSnapshot snapshot) {
        return write(SnapshotFile.of(snapshot));
    }

    private byte[] write(Object file) {
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(file);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a snapshot cannot be written as JSON", e);
        }
    }
}
