package io.segue.e2e.demo;

/**
 * A record as a consumer saw it.
 *
 * @param bytes of key, value and headers
 */
record Seen(long offset, int bytes, Fingerprint fingerprint) {}
