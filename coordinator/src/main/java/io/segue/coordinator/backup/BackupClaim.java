package io.segue.coordinator.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.ObjectStore.PutResult;
import io.segue.protocol.store.StoreException;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code {backup_id}/segue-job.json}: the one job that writes the segments of this backup. Two jobs under one id would name
 * segments alike and overwrite each other's.
 */
final class BackupClaim {
    private static final ObjectMapper JSON = JobJson.mapper();
    private static final int VERSION = 1;
    private static final long LIMIT = 64 << 10;

    private final ObjectStore store;
    private final String key;

    /** Version 1 of the object. */
    record Holder(int version, String jobId) {}

    BackupClaim(ObjectStore store, String backupId) {
        this.store = store;
        this.key = backupId + "/segue-job.json";
    }

    /** Id of the job that holds it. */
    Optional<String> holder() {
        try {
            return Optional.of(
                    JSON.readValue(store.read(key, LIMIT), Holder.class).jobId());
        } catch (StoreException.NotFound e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreException.Unavailable(
                    store.describe() + ": " + key + " does not say which job writes this backup: " + e.getMessage(), e);
        }
    }

    /** True if this job holds it now, from here on or already. */
    boolean take(String jobId) {
        return store.putIfAbsent(key, content(jobId)) == PutResult.WRITTEN || holder().equals(Optional.of(jobId));
    }

    private static byte[] content(String jobId) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(new Holder(VERSION, jobId));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a claim cannot be written", e);
        }
    }
}
