package io.segue.cli;

import io.segue.cli.groups.DirectHeaderScans;
import io.segue.coordinator.groups.HeaderScans;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.vertx.VertxKafkaCluster;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/** How commands reach a cluster. */
@FunctionalInterface
public interface ClusterOpener {
    /** Runs {@code work} with the cluster, which is closed afterwards. */
    <T> T with(KafkaConnection connection, Function<KafkaCluster, T> work);

    /** How the headers of its records are read. */
    default HeaderScans headers(KafkaConnection connection) {
        throw new UnsupportedOperationException("this opener reads no records");
    }

    /** Real clusters. */
    static ClusterOpener real() {
        return new ClusterOpener() {
            @Override
            public HeaderScans headers(KafkaConnection connection) {
                return new DirectHeaderScans(connection);
            }

            @Override
            public <T> T with(KafkaConnection connection, Function<KafkaCluster, T> work) {
                Vertx vertx = Vertx.vertx();
                try (KafkaCluster cluster = new VertxKafkaCluster(vertx, connection)) {
                    return work.apply(cluster);
                } finally {
                    close(vertx);
                }
            }
        };
    }

    private static void close(Vertx vertx) {
        try {
            vertx.close().await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LoggerFactory.getLogger(ClusterOpener.class).warn("event loops did not end within 10 s", e);
        }
    }
}
