package io.segue.sandbox.container;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The S3 server of a sandbox of containers, with a bucket. */
final class MinioContainer extends GenericContainer<MinioContainer> {
    static final String REGION = "us-east-1";
    static final String BUCKET = "segue";
    static final String ACCESS_KEY_ID = "sandbox";
    static final String SECRET_ACCESS_KEY = "sandbox-secret";
    private static final DockerImageName IMAGE = DockerImageName.parse("minio/minio:RELEASE.2025-04-22T22-12-26Z");
    private static final int PORT = 9000;

    MinioContainer() {
        super(IMAGE);
        withExposedPorts(PORT);
        withEnv("MINIO_ROOT_USER", ACCESS_KEY_ID);
        withEnv("MINIO_ROOT_PASSWORD", SECRET_ACCESS_KEY);
        // to this server a bucket is a directory
        withCreateContainerCmdModifier(create ->
                create.withEntrypoint("sh", "-c", "mkdir -p /data/" + BUCKET + " && exec minio server /data"));
        waitingFor(Wait.forHttp("/minio/health/ready").forPort(PORT));
    }

    int port() {
        return getMappedPort(PORT);
    }
}
