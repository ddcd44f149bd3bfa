package io.segue.protocol.config;

import java.nio.file.Path;
import java.util.Optional;

/** {@code storage:} and {@code state:}: which object store, and how to reach it. */
public sealed interface StorageConfig {
    /** {@code backend: filesystem}. */
    record FileSystem(Path path) implements StorageConfig {}

    /**
     * {@code backend: s3}. Without keys the SDK's credential chain decides.
     *
     * @param prefix without a trailing {@code /}; empty for the bucket's root
     * @param endpoint of an S3-compatible server; implies path style
     */
    record S3(
            String bucket,
            Optional<String> region,
            Optional<String> endpoint,
            Optional<Secret> accessKey,
            Optional<Secret> secretKey,
            String prefix,
            boolean pathStyle)
            implements StorageConfig {}
}
