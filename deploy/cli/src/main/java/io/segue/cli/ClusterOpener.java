package io.segue.cli;

import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.vertx.VertxKafkaCluster;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** How commands reach a cluster. */
@FunctionalInterface
public interface ClusterOpener {
    /** Runs {@code work} with the cluster, which is closed afterwards. */
    <T> T with(KafkaConnection connection, Function<KafkaCluster, T> work);

    /** Real clusters. */
    static ClusterOpener real() {
        return new ClusterOpener() {
            @Override
            public <T> T with(KafkaConnection connection, Function<KafkaCluster, T> work) {
                Vertx vertx = Vertx.vertx();
                try (KafkaCluster cluster = new VertxKafkaCluster(vertx, connection)) {
                    return work.apply(cluster);
                } finally {
                    vertx.close().onFailure(failure -> Thread.currentThread().interrupt());
                }
            }
        };
    }
}
