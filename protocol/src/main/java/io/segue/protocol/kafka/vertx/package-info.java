/** {@link io.segue.protocol.kafka.KafkaCluster} over the Vert.x Kafka client; the only place that administers clusters. */
@NullMarked
package io.segue.protocol.kafka.vertx;

import org.jspecify.annotations.NullMarked;
