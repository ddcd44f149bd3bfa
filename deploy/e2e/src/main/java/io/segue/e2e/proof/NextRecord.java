package io.segue.e2e.proof;

/** What a member of a group reads next in one partition. */
public sealed interface NextRecord {
    /** This record. */
    record Found(long offset, Fingerprint fingerprint) implements NextRecord {}

    /** Nothing, for it is at the end. */
    record AtEnd() implements NextRecord {}

    /** It cannot tell: there is no committed offset, or none that is in the log. */
    record Lost(String why) implements NextRecord {}
}
