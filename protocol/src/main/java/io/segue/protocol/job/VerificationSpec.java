package io.segue.protocol.job;

/**
 * Which restore a verification compares with its archive.
 *
 * @param restore id of the job
 * @param backupId of the archive that it read
 * @param manifestSha256 hex digest of what its manifest says
 * @param targetClusterId id of the cluster that is read
 */
public record VerificationSpec(String restore, String backupId, String manifestSha256, String targetClusterId)
        implements JobSpec {
    @Override
    public JobKind kind() {
        return JobKind.VERIFICATION;
    }
}
