package io.segue.sandbox.container;

import io.segue.sandbox.BrokerCluster;
import io.segue.sandbox.S3Endpoint;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.SandboxException;
import io.segue.sandbox.SandboxOptions;
import io.segue.sandbox.faults.FaultyS3Proxy;
import io.segue.sandbox.faults.S3Faults;
import io.segue.sandbox.server.KafkaTools;
import io.segue.sandbox.server.Ports;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.lifecycle.Startables;

/**
 * A sandbox of containers; needs a Docker engine. The S3 server is MinIO, behind the same end point as everywhere.
 * Testcontainers' own reaper ends the containers if this JVM is killed.
 */
public final class ContainerSandbox implements Sandbox {
    private final Deque<AutoCloseable> held = new ArrayDeque<>();
    private final ContainerCluster source;
    private final Optional<ContainerCluster> target;
    private final S3Endpoint s3;
    private final String toolsClassPath;

    private ContainerSandbox(SandboxOptions options) throws IOException {
        try {
            Network network = Network.newNetwork();
            held.push(network);
            source = new ContainerCluster("source", options.source(), network);
            target = options.target().map(wanted -> new ContainerCluster("target", wanted, network));
            MinioContainer minio = new MinioContainer();
            startAll(minio);
            s3 = endpointFor(minio);
            toolsClassPath = tools();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts all containers at once and returns when all of it is ready.
     *
     * @throws SandboxException if a part does not start; nothing is left running then
     */
    public static ContainerSandbox start(SandboxOptions options) {
        try {
            return new ContainerSandbox(options);
        } catch (CompletionException e) {
            throw new SandboxException("the containers did not start", e.getCause());
        } catch (IOException e) {
            throw new SandboxException("cannot make a temporary directory", e);
        }
    }

    @Override
    public BrokerCluster source() {
        return source;
    }

    @Override
    public Optional<BrokerCluster> target() {
        return target.map(BrokerCluster.class::cast);
    }

    @Override
    public S3Endpoint s3() {
        return s3;
    }

    @Override
    public String kafkaToolsClassPath() {
        return toolsClassPath;
    }

    @Override
    public synchronized void close() {
        @Nullable Exception failure = null;
        while (!held.isEmpty()) {
            try {
                held.pop().close();
            } catch (Exception e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw new SandboxException("a part of the sandbox could not be ended", failure);
        }
    }

    private void startAll(MinioContainer minio) {
        List<GenericContainer<?>> all = Stream.concat(
                        source.containers(), target.stream().flatMap(ContainerCluster::containers))
                .toList();
        all.forEach(held::push);
        held.push(minio);
        var brokers = Startables.deepStart(all);
        Startables.deepStart(minio).join();
        brokers.join();
        source.awaitReady();
        target.ifPresent(ContainerCluster::awaitReady);
    }

    private S3Endpoint endpointFor(MinioContainer minio) {
        int port = Ports.next();
        S3Faults faults = new S3Faults();
        Vertx vertx = Vertx.vertx();
        held.push(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
        vertx.deployVerticle(new FaultyS3Proxy(port, minio.getHost(), minio.port(), faults))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return new S3Endpoint(
                URI.create("http://127.0.0.1:" + port),
                MinioContainer.REGION,
                MinioContainer.BUCKET,
                MinioContainer.ACCESS_KEY_ID,
                MinioContainer.SECRET_ACCESS_KEY,
                faults);
    }

    private String tools() throws IOException {
        Path directory = Files.createTempDirectory("segue-kafka-tools");
        held.push(() -> {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        });
        return KafkaTools.classPath(directory);
    }
}
