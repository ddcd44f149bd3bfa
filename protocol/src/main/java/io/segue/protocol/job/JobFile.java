package io.segue.protocol.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What {@code spec.json} holds.
 *
 * @param createdAt epoch milliseconds
 */
public record JobFile(String jobId, long createdAt, JobSpec spec) {
    private static final int VERSION = 1;

    public JobKind kind() {
        return spec.kind();
    }

    /** @throws IllegalStateException if the job is not a restore */
    public RestoreSpec restore() {
        return as(RestoreSpec.class);
    }

    /** @throws IllegalStateException if the job is of another kind */
    public <T extends JobSpec> T as(Class<T> type) {
        if (!type.isInstance(spec)) {
            throw new IllegalStateException("job " + jobId + " is a " + kind().word());
        }
        return type.cast(spec);
    }

    @JsonValue
    Stored stored() {
        return new Stored(
                VERSION,
                jobId,
                kind(),
                createdAt,
                spec instanceof RestoreSpec restore ? restore : null,
                spec instanceof BackupSpec backup ? backup : null,
                spec instanceof ValidationSpec validation ? validation : null,
                spec instanceof ScanSpec scan ? scan : null,
                spec instanceof RehearsalSpec rehearsal ? rehearsal : null,
                spec instanceof VerificationSpec verification ? verification : null);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static JobFile of(Stored stored) {
        JobSpec spec = switch (stored.kind()) {
            case RESTORE -> stored.rehearsal() == null ? stored.restore() : stored.rehearsal();
            case BACKUP -> stored.backup();
            case VALIDATION -> stored.validation();
            case SCAN -> stored.scan();
            case VERIFICATION -> stored.verification();
        };
        if (spec == null) {
            throw new IllegalArgumentException(
                    "job " + stored.jobId() + " is a " + stored.kind().word() + " without what it was asked to do");
        }
        return new JobFile(stored.jobId(), stored.createdAt(), spec);
    }

    /** The form on the store: the spec stands under the name of its kind. */
    record Stored(
            int version,
            String jobId,
            JobKind kind,
            long createdAt,
            @Nullable RestoreSpec restore,
            @Nullable BackupSpec backup,
            @Nullable ValidationSpec validation,
            @Nullable ScanSpec scan,
            @Nullable RehearsalSpec rehearsal,
            @Nullable VerificationSpec verification) {}
}
