package io.segue.protocol.store.s3;

import io.segue.protocol.store.ObjectKeys;
import io.segue.protocol.store.StoreException;

/**
 * Where the objects are.
 *
 * @param prefix with a {@code /} at its end, or empty
 * @param server the endpoint, or the region of AWS, for messages
 */
record S3Bucket(String name, String prefix, String server) {
    String keyOf(String key) {
        String whole = prefix + ObjectKeys.requireKey(key);
        return prefix.isEmpty() ? whole : ObjectKeys.requireKey(whole);
    }

    /** The object as messages call it. */
    String named(String key) {
        return "s3://" + name + "/" + prefix + key;
    }

    /** The root as messages call it. */
    String named() {
        String whole = named("");
        return whole.substring(0, whole.length() - 1);
    }

    StoreException.Refused missing(Throwable cause) {
        return new StoreException.Refused(
                "the bucket " + name + " does not exist at " + server + "; check bucket, region and endpoint", cause);
    }
}
