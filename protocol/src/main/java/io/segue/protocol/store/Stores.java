package io.segue.protocol.store;

import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.store.s3.S3Limits;
import io.segue.protocol.store.s3.S3Store;
import io.segue.protocol.time.Time;
import java.util.Map;
import java.util.Optional;

/** Opens the store that a configuration or a command line names. */
public final class Stores {
    private final Map<String, String> environment;

    /** @param environment where {@code AWS_ENDPOINT_URL_S3}, {@code AWS_ENDPOINT_URL} and {@code AWS_REGION} are looked up */
    public Stores(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Opens a store without using it yet; the caller closes it.
     *
     * @throws StoreException.BadLocation if the configuration contradicts itself
     */
    public ObjectStore open(StorageConfig config) {
        if (config instanceof StorageConfig.S3 s3) {
            return S3Store.open(withEnvironment(s3), S3Limits.standard(), Time.system());
        }
        return new FileStore(((StorageConfig.FileSystem) config).path());
    }

    /**
     * The same for a location on the command line, see {@link #parse}.
     *
     * @throws StoreException.BadLocation if it is none
     */
    public ObjectStore open(String location) {
        return open(parse(location));
    }

    /**
     * Reads a path, {@code file:///absolute/path}, or
     * {@code s3://bucket[/prefix][?region=…&endpoint=…&path_style=true]} (also {@code s3a}).
     *
     * @throws StoreException.BadLocation if it is none of them
     * @throws StoreException.BadKey if the prefix cannot be one
     */
    public static StorageConfig parse(String location) {
        return StoreUrl.parse(location);
    }

    private StorageConfig.S3 withEnvironment(StorageConfig.S3 s3) {
        return new StorageConfig.S3(
                s3.bucket(),
                s3.region().or(() -> variable("AWS_REGION")).or(() -> variable("AWS_DEFAULT_REGION")),
                s3.endpoint().or(() -> variable("AWS_ENDPOINT_URL_S3")).or(() -> variable("AWS_ENDPOINT_URL")),
                s3.accessKey(),
                s3.secretKey(),
                s3.prefix(),
                s3.pathStyle());
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
