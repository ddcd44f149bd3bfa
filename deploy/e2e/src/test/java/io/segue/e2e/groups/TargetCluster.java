package io.segue.e2e.groups;

import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.vertx.VertxKafkaCluster;
import io.segue.sandbox.process.SharedSandbox;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A target, mostly that of the sandbox with three brokers, through the adapter and through plain clients. */
final class TargetCluster {
    final String servers;
    final KafkaConnection connection;
    final PlainKafka plain;
    private final Vertx vertx = Vertx.vertx();
    final VertxKafkaCluster cluster;

    TargetCluster() {
        this(SharedSandbox.three().target().orElseThrow().bootstrapServers());
    }

    /** Of another sandbox. */
    TargetCluster(String servers) {
        this.servers = servers;
        this.connection = new KafkaConnection(List.of(servers.split(",")), Map.of());
        this.plain = new PlainKafka(servers);
        this.cluster = new VertxKafkaCluster(vertx, connection);
    }

    /** A name that nobody else uses. */
    static String unique(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    void close() throws Exception {
        cluster.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
