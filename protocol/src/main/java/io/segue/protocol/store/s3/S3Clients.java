package io.segue.protocol.store.s3;

import io.segue.protocol.config.Secret;
import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.store.StoreException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Builds the SDK's client from what the configuration says. */
final class S3Clients {
    /** Streams and requests at one time; a caller that wants more waits {@link #CONNECTION_WAIT} and is told. */
    static final int MAX_CONNECTIONS = 128;

    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(30);
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** What S3-compatible servers sign with where nothing else is said. */
    private static final String REGION_OF_ENDPOINTS = "us-east-1";

    private S3Clients() {}

    static S3Client connect(StorageConfig.S3 config, S3Limits limits) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .connectionAcquisitionTimeout(CONNECTION_WAIT)
                        .socketTimeout(limits.silence())
                        .maxConnections(MAX_CONNECTIONS)
                        .tcpKeepAlive(true))
                .overrideConfiguration(calls -> calls.retryStrategy(retries(limits))
                        .apiCallAttemptTimeout(limits.attempt())
                        .apiCallTimeout(limits.call()))
                // the SDK's own checksums travel in trailers, which many S3-compatible servers do not understand
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .forcePathStyle(config.pathStyle() || config.endpoint().isPresent())
                .credentialsProvider(credentials(config));
        config.endpoint().map(S3Clients::endpoint).ifPresent(builder::endpointOverride);
        config.region()
                .or(() -> config.endpoint().map(any -> REGION_OF_ENDPOINTS))
                .map(Region::of)
                .ifPresent(builder::region);
        try {
            return builder.build();
        } catch (SdkClientException failure) {
            throw new StoreException.BadLocation(
                    "cannot reach s3://" + config.bucket() + ": there is no region; set region or AWS_REGION", failure);
        }
    }

    /** The endpoint or region, for messages. */
    static String server(StorageConfig.S3 config) {
        return config.endpoint()
                .or(() -> config.region().map(region -> "AWS " + region))
                .orElse("AWS");
    }

    private static StandardRetryStrategy retries(S3Limits limits) {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(limits.attempts())
                .backoffStrategy(BackoffStrategy.exponentialDelay(Duration.ofMillis(100), Duration.ofSeconds(5)))
                .throttlingBackoffStrategy(
                        BackoffStrategy.exponentialDelay(Duration.ofMillis(500), Duration.ofSeconds(10)))
                .build();
    }

    private static AwsCredentialsProvider credentials(StorageConfig.S3 config) {
        Optional<Secret> access = config.accessKey();
        Optional<Secret> secret = config.secretKey();
        if (access.isPresent() != secret.isPresent()) {
            throw new StoreException.BadLocation(
                    "s3://" + config.bucket() + ": access_key and secret_key are given together, or neither is");
        }
        return access.isPresent()
                ? StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        access.get().value(), secret.orElseThrow().value()))
                : DefaultCredentialsProvider.builder().build();
    }

    private static URI endpoint(String endpoint) {
        try {
            URI uri = URI.create(endpoint);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // told below, without the text of a URL that may hold a secret
        }
        throw new StoreException.BadLocation(
                "the endpoint of S3 is not a URL like https://host:port (without user and password)");
    }
}
