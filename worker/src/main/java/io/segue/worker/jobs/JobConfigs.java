package io.segue.worker.jobs;

import io.segue.protocol.config.ConfigLoader;
import io.segue.protocol.config.ConfigResult;
import io.segue.protocol.config.yaml.Problem;
import io.segue.protocol.job.JobRequest;
import io.segue.protocol.job.JobStore;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where it is said what a job has to reach. */
@FunctionalInterface
public interface JobConfigs {
    /** @throws JobUnavailableException if it cannot be used by this process */
    JobAccess of(String jobId);

    /**
     * What was submitted, with {@code ${…}} from this process's environment.
     *
     * @param environment of this process
     */
    static JobConfigs submitted(JobStore jobs, Map<String, String> environment) {
        ConfigLoader loader = new ConfigLoader(environment);
        return jobId -> {
            JobRequest request = jobs.request(jobId)
                    .orElseThrow(() -> new JobUnavailableException("no request of " + jobId + " is in "
                            + jobs.describe() + "; do this worker and the coordinator use the same state?"));
            ConfigResult result = loader.load("the configuration of " + jobId, request.config());
            if (result instanceof ConfigResult.Loaded loaded) {
                return JobAccess.of(loaded.config());
            }
            List<Problem> errors = ((ConfigResult.Refused) result).errors();
            throw new JobUnavailableException(errors.stream()
                    .map(Problem::toString)
                    .collect(Collectors.joining("\n", "not usable in this worker's environment:\n", "")));
        };
    }
}
