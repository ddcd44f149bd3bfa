package io.segue.sandbox.process;

import io.segue.sandbox.BrokerCluster;
import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.S3Endpoint;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.SandboxException;
import io.segue.sandbox.SandboxOptions;
import io.segue.sandbox.Tuning;
import io.segue.sandbox.faults.FaultyS3Proxy;
import io.segue.sandbox.faults.S3Faults;
import io.segue.sandbox.server.KafkaTools;
import io.segue.sandbox.server.Ports;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A sandbox of local processes. They end with {@link #close()}, with this JVM, and when this JVM is killed. */
public final class ProcessSandbox implements Sandbox {
    private final Lifetime lifetime;
    private final BrokerCluster source;
    private final Optional<BrokerCluster> target;
    private final S3Endpoint s3;
    private final String toolsClassPath;

    private ProcessSandbox(Lifetime lifetime, SandboxOptions options) {
        this.lifetime = lifetime;
        CompletableFuture<BrokerCluster> starting =
                lifetime.async(() -> startCluster("source", options.source(), options.tuning()));
        Optional<CompletableFuture<BrokerCluster>> second =
                options.target().map(wanted -> lifetime.async(() -> startCluster("target", wanted, options.tuning())));
        CompletableFuture<S3Endpoint> endpoint = lifetime.async(() -> startS3(options.tuning()));
        this.source = lifetime.await(starting);
        this.target = second.map(lifetime::await);
        this.s3 = lifetime.await(endpoint);
        this.toolsClassPath = KafkaTools.classPath(lifetime.directory().resolve("kafka-tools"));
    }

    /**
     * Starts everything at once and returns when all of it is ready.
     *
     * @throws SandboxException if a part does not start; nothing is left running then
     */
    public static ProcessSandbox start(SandboxOptions options) {
        Lifetime lifetime = Lifetime.begin(options.baseDirectory());
        try {
            return new ProcessSandbox(lifetime, options);
        } catch (CompletionException e) {
            lifetime.close();
            String message = e.getCause() instanceof SandboxException known ? known.getMessage() : null;
            throw new SandboxException(message == null ? "the sandbox did not start" : message, e.getCause());
        } catch (RuntimeException e) {
            lifetime.close();
            throw e;
        }
    }

    @Override
    public BrokerCluster source() {
        return source;
    }

    @Override
    public Optional<BrokerCluster> target() {
        return target;
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
    public void close() {
        lifetime.close();
    }

    private BrokerCluster startCluster(String name, ClusterOptions options, Tuning tuning) {
        return ProcessCluster.start(name, options, tuning, lifetime.directory(), lifetime.children());
    }

    private S3Endpoint startS3(Tuning tuning) {
        int port = Ports.next();
        int serverPort = Ports.next();
        S3Faults faults = new S3Faults();
        S3Server.start(serverPort, lifetime.directory(), tuning, lifetime.children());
        lifetime.vertx()
                .deployVerticle(new FaultyS3Proxy(port, "127.0.0.1", serverPort, faults))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return new S3Endpoint(
                URI.create("http://127.0.0.1:" + port),
                S3Server.REGION,
                S3Server.BUCKET,
                S3Server.ACCESS_KEY_ID,
                S3Server.SECRET_ACCESS_KEY,
                faults);
    }
}
