package io.segue.sandbox;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A plain client of a sandbox's S3 end point, as its users configure theirs. */
public final class SandboxS3 {
    private SandboxS3() {}

    /** Makes one attempt per call, so that a test sees what happened to it. */
    public static S3Client client(S3Endpoint s3) {
        return client(s3, s3.secretAccessKey());
    }

    static S3Client client(S3Endpoint s3, String secret) {
        return S3Client.builder()
                .endpointOverride(s3.endpoint())
                .region(Region.of(s3.region()))
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(s3.accessKeyId(), secret)))
                .httpClientBuilder(Apache5HttpClient.builder()
                        .socketTimeout(Duration.ofSeconds(20))
                        .maxConnections(64))
                .overrideConfiguration(
                        config -> config.retryStrategy(RetryMode.STANDARD).retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }
}
