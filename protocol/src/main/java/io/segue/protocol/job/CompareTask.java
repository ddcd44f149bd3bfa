package io.segue.protocol.job;

/**
 * A proven target partition, to be compared with the archive record by record. Where each record stands follows from the
 * attaches in the log of the task that restored it.
 *
 * @param restored the task that wrote the partition
 * @param base target offset at which its records begin
 * @param count records that it wrote
 * @param end target offset, exclusive, up to which it wrote
 * @param readTo target offset, exclusive, up to which the log reaches; below {@code end} if the log lost its end
 */
public record CompareTask(String id, RestoreTask restored, long base, long count, long end, long readTo)
        implements JobTask {
    /** Both sides are read. */
    @Override
    public long weight() {
        return restored.bytes();
    }
}
