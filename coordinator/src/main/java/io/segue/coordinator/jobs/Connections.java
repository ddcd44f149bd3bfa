package io.segue.coordinator.jobs;

import io.segue.protocol.config.ConfigLoader;
import io.segue.protocol.config.ConfigResult;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.config.yaml.Problem;
import io.segue.protocol.job.JobRequest;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.store.ObjectStore;
import java.util.List;
import java.util.function.Function;

/**
 * What a job's configuration names, opened with this process's own environment. The caller closes what it opens.
 *
 * @param loader with the environment out of which {@code ${…}} are replaced
 */
public record Connections(
        ConfigLoader loader,
        Function<StorageConfig, ObjectStore> stores,
        Function<KafkaConnection, KafkaCluster> clusters) {
    /** @throws JobRefusedException if this process cannot make sense of it; says every problem */
    public JobConfig config(JobRequest request) {
        ConfigResult result = loader.load("configuration of " + request.jobId(), request.config());
        if (result instanceof ConfigResult.Loaded loaded) {
            return loaded.config();
        }
        List<String> problems = ((ConfigResult.Refused) result)
                .errors().stream().map(Problem::toString).toList();
        throw new JobRefusedException(String.join(System.lineSeparator(), problems));
    }
}
