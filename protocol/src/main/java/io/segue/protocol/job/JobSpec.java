package io.segue.protocol.job;

/** What a planned job was asked to do; immutable, and without secrets. */
public sealed interface JobSpec
        permits RestoreSpec, BackupSpec, ValidationSpec, ScanSpec, RehearsalSpec, VerificationSpec {
    JobKind kind();
}
