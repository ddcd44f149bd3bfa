package io.segue.sandbox;

import io.segue.sandbox.faults.S3Faults;
import java.net.URI;

/**
 * Where the S3 service of a sandbox is. Clients use path style; conditional puts of one key are atomic.
 *
 * @param endpoint {@code http://host:port}
 * @param bucket exists and is empty when the sandbox is ready
 * @param faults what goes wrong on the way to the service; at first nothing
 */
public record S3Endpoint(
        URI endpoint, String region, String bucket, String accessKeyId, String secretAccessKey, S3Faults faults) {}
