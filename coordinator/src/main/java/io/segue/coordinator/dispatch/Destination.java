package io.segue.coordinator.dispatch;

/**
 * Where a task writes.
 *
 * @param topicId base64; empty for a task that writes to no target
 * @param base log end before the first record
 * @param leader id of the broker that leads the partition that is written to or read from, −1 where not known: work is
 *     spread over them
 */
public record Destination(String topicId, long base, int leader) {
    /** Of a task that writes to no target, wherever it reads. */
    public static final Destination NONE = new Destination("", 0, -1);
}
