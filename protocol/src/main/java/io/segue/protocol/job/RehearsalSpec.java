package io.segue.protocol.job;

/** A restore that is only planned, while its archive is read to count what groups will read again. */
public record RehearsalSpec(RestoreSpec restore) implements JobSpec {
    @Override
    public JobKind kind() {
        return JobKind.RESTORE;
    }
}
