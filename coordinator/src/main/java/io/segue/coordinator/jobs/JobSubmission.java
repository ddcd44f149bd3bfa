package io.segue.coordinator.jobs;

import io.segue.protocol.job.JobKind;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator asks for.
 *
 * @param config text of the configuration file, with {@code ${…}} as written
 * @param options what the command line adds, by flag without its dashes; only those of {@link JobKind#options}
 * @param submittedBy who, for people
 * @param idempotencyKey two submissions under one key are one job
 */
public record JobSubmission(
        JobKind kind, String config, Map<String, String> options, String submittedBy, Optional<String> idempotencyKey) {
    public JobSubmission {
        options = Map.copyOf(options);
    }

    JobSubmission withConfig(String text) {
        return new JobSubmission(kind, text, options, submittedBy, idempotencyKey);
    }
}
