package io.segue.worker.append;

/** What came of one batch. */
public sealed interface AppendReply {
    /** The leader and its in-sync replicas hold the batch from this offset on. */
    record Acknowledged(long baseOffset) implements AppendReply {}

    /** The batch may or may not be in the log: a new attach finds out. */
    record Unknown(String reason) implements AppendReply {}

    /** The broker will never take this batch. */
    record Rejected(String reason) implements AppendReply {}
}
