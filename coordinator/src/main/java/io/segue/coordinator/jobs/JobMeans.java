package io.segue.coordinator.jobs;

import io.segue.coordinator.dispatch.Workers;
import io.segue.protocol.config.ConfigLoader;
import io.segue.protocol.config.ConfigResult;
import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.job.JobRequest;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.time.Time;
import java.util.function.Function;

/**
 * What a leader opens and runs jobs with.
 *
 * @param configs with this process's environment
 * @param stores opens a storage, to be closed by the job
 * @param clusters connects to a cluster, to be closed by the job
 * @param tasksAtATime attempts under way at most, of one job
 */
public record JobMeans(
        JobStore jobs,
        ConfigLoader configs,
        Function<StorageConfig, ObjectStore> stores,
        Function<KafkaConnection, KafkaCluster> clusters,
        Workers workers,
        Time time,
        int tasksAtATime) {
    /** What was submitted, with this process's secrets. */
    public ConfigResult config(JobRequest request) {
        return configs.load("the configuration of " + request.jobId(), request.config());
    }
}
