package io.segue.protocol.manifest;

/**
 * How large a document of a backup may be. A document is read into memory, and a hostile one spends few bytes of JSON on
 * many of the heap: so both its bytes and its tokens are limited by the heap that there is.
 *
 * @param maxBytes of the document
 * @param maxTokens names, values and brackets in it
 */
record DocumentLimits(long maxBytes, long maxTokens) {
    /** A manifest needs about 350 bytes and 18 tokens for each segment. */
    private static final long MOST_BYTES = 256L << 20;

    private static final int HEAP_PER_BYTE = 8;
    /** What the most expensive token costs, the name of a field that is not known, with room for everything else. */
    private static final int HEAP_PER_TOKEN = 200;

    /** @param heap bytes that this process may use */
    static DocumentLimits ofHeap(long heap) {
        return new DocumentLimits(Math.min(MOST_BYTES, heap / HEAP_PER_BYTE), heap / HEAP_PER_TOKEN);
    }
}
