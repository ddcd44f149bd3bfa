package io.segue.e2e.groups;

import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.vertx.VertxKafkaCluster;
import io.segue.sandbox.process.SharedSandbox;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The target of the sandbox with three brokers, through the adapter and through plain clients. */
final class TargetCluster {
    final String servers = SharedSandbox.three().target().orElseThrow().bootstrapServers();
    final KafkaConnection connection = new KafkaConnection(List.of(servers.split(",")), Map.of());
    final PlainKafka plain = new PlainKafka(servers);
    private final Vertx vertx = Vertx.vertx();
    final VertxKafkaCluster cluster = new VertxKafkaCluster(vertx, connection);

    /** A name that nobody else uses. */
    static String unique(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    void close() throws Exception {
        cluster.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
