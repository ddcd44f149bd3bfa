package io.segue.protocol.segment;

/** A record that the segment format has no room for: more than 65,535 headers, a header key or a record too long. */
public final class UnstorableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnstorableRecordException(long offset, String why) {
        super("the record at offset " + offset + " does not fit into the backup format: " + why
                + "; exclude its topic or move the record first");
    }
}
