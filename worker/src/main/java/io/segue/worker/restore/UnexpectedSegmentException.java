package io.segue.worker.restore;

/** A stored segment is sound but not the one that the manifest describes. */
final class UnexpectedSegmentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;

    UnexpectedSegmentException(String key, String message) {
        super(key + ": " + message);
        this.key = key;
    }

    String key() {
        return key;
    }
}
