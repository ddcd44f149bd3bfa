package io.segue.sandbox;

import java.util.Optional;

/**
 * One or two Kafka clusters and an S3 end point with a bucket, all ready to use. Whoever started a sandbox closes it;
 * it also ends with its JVM, however that ends.
 */
public interface Sandbox extends AutoCloseable {
    /** The cluster that backups are taken from. */
    BrokerCluster source();

    /** The cluster that restores go to; empty if the sandbox was started without one. */
    Optional<BrokerCluster> target();

    /** The S3 end point; its bucket exists. */
    S3Endpoint s3();

    /** A Java class path to run Kafka's own tools with, for example {@code org.apache.kafka.tools.TopicCommand}. */
    String kafkaToolsClassPath();

    /** Ends every process and removes all data. A second call does nothing. */
    @Override
    void close();
}
