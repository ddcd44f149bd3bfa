package io.segue.e2e.store;

import io.segue.protocol.config.Secret;
import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.s3.S3Limits;
import io.segue.protocol.store.s3.S3Store;
import io.segue.protocol.time.Time;
import io.segue.sandbox.S3Endpoint;
import java.time.Duration;
import java.util.Optional;

/** Opens stores on an S3 end point of a sandbox. */
final class S3TestStores {
    /** Gives up in seconds, so that tests of outages end. */
    static final S3Limits HASTY = new S3Limits(
            Duration.ofSeconds(2),
            Duration.ofSeconds(12),
            Duration.ofSeconds(4),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            4,
            5 << 20);

    private S3TestStores() {}

    static ObjectStore open(S3Endpoint s3, String prefix, S3Limits limits) {
        return S3Store.open(config(s3, s3.bucket(), prefix, s3.secretAccessKey()), limits, Time.system());
    }

    static StorageConfig.S3 config(S3Endpoint s3, String bucket, String prefix, String secret) {
        return new StorageConfig.S3(
                bucket,
                Optional.of(s3.region()),
                Optional.of(s3.endpoint().toString()),
                Optional.of(new Secret(s3.accessKeyId())),
                Optional.of(new Secret(secret)),
                prefix,
                true);
    }
}
