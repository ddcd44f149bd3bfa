package io.segue.e2e.proof;

/**
 * A record as a consumer saw it.
 *
 * @param bytes of key, value and headers
 */
public record Seen(long offset, int bytes, Fingerprint fingerprint) {}
