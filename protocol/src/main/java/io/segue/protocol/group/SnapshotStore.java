package io.segue.protocol.group;

import com.fasterxml.jackson.core.JsonLocation;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps snapshots in an object store, in the peer's two files: {@code snapshot.json} and {@code metadata.json}, below
 * {@code offset-snapshots/{id}/} or wherever the caller says. A snapshot is never replaced.
 */
public final class SnapshotStore {
    /** A snapshot is read as a whole, and as JSON takes several times its size. */
    private static final long MAX_BYTES =
            Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

    private static final int MAX_LISTED = 1_000_000;
    private static final String ROOT = "offset-snapshots/";
    private static final String METADATA = "/metadata.json";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final ObjectStore store;

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

    /**
     * What a listing says of a snapshot.
     *
     * @param restoreId the job or reset that it was taken for
     */
    public record Listed(
            String snapshotId,
            String createdAt,
            int groups,
            int offsets,
            @Nullable String restoreId,
            @Nullable String description) {}

    /** Snapshots at the root of the storage, the newest first; what is not readable as one is left out, as the peer does. */
    public List<Listed> list() {
        return store.list(ROOT, MAX_LISTED).stream()
                .map(ObjectStore.Listed::key)
                .filter(key -> key.endsWith(METADATA))
                .flatMap(key -> metadata(key).stream())
                .sorted(Comparator.comparing(Listed::createdAt).reversed())
                .toList();
    }

    private Optional<Listed> metadata(String key) {
        try {
            Metadata found = JSON.readValue(store.read(key, MAX_BYTES), Metadata.class);
            return Optional.of(new Listed(
                    found.snapshotId(),
                    found.createdAt(),
                    found.groupCount(),
                    found.offsetCount(),
                    found.restoreId(),
                    found.description()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Removes both files; false if there is no such snapshot. */
    public boolean delete(String snapshotId) {
        String key = key(snapshotId);
        boolean there = store.size(key).isPresent();
        // The snapshot first: metadata without one is listed and can be removed again, the other way round it is not.
        store.delete(key);
        store.delete(key.substring(0, key.lastIndexOf('/')) + METADATA);
        return there;
    }

    /** Where the peer looks for a snapshot: at the root of the storage. */
    public static String key(String snapshotId) {
        if (!snapshotId.matches("[A-Za-z0-9._-]{1,200}") || snapshotId.startsWith(".")) {
            throw new InvalidSnapshotException("'" + snapshotId + "' is no snapshot id", null);
        }
        return ROOT + snapshotId + "/snapshot.json";
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
                key.substring(0, key.lastIndexOf('/')) + METADATA,
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
            return JSON.readValue(content, SnapshotFile.class).snapshot();
        } catch (JsonProcessingException e) {
            throw new InvalidSnapshotException(
                    place + " is no group snapshot: " + e.getOriginalMessage() + " (" + position(e) + ")", e);
        } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
            throw new InvalidSnapshotException(place + " is no group snapshot: " + e.getMessage(), e);
        }
    }

    private static String position(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null ? "no position" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** The snapshot as it stands in {@code snapshot.json}. */
    public static byte[] write(OffsetSnapshot snapshot) {
        return write(SnapshotFile.of(snapshot));
    }

    private static byte[] write(Object file) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(file);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a snapshot cannot be written as JSON", e);
        }
    }
}
