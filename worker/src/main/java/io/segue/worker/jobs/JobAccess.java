package io.segue.worker.jobs;

import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.kafka.KafkaConnection;
import java.util.Optional;

/**
 * What the tasks of a job have to reach, and how this process gets in.
 *
 * @param storage of the backup; empty: the job has none
 * @param source the cluster that is backed up
 * @param target the cluster that is restored to or scanned
 */
public record JobAccess(
        Optional<StorageConfig> storage, Optional<KafkaConnection> source, Optional<KafkaConnection> target) {
    /** What a configuration names. */
    public static JobAccess of(JobConfig config) {
        return new JobAccess(
                config.archive(),
                config.source().map(JobConfig.Cluster::connection),
                config.target().map(JobConfig.Cluster::connection));
    }
}
