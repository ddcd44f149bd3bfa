package io.segue.protocol.job;

/**
 * Which backup a validation job reads.
 *
 * @param manifestSha256 hex digest of what its manifest says
 */
public record ValidationSpec(String backupId, String manifestSha256) implements JobSpec {
    @Override
    public JobKind kind() {
        return JobKind.VALIDATION;
    }
}
