package io.segue.coordinator.restore;

import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.kafka.KafkaCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What jobs before this one wrote to the topics that it wants to write to: restoring twice doubles every record. */
final class EarlierJobs {
    private final JobStore jobs;

    EarlierJobs(JobStore jobs) {
        this.jobs = jobs;
    }

    /** @param existing target topics by name */
    List<String> refusals(String targetClusterId, Map<String, KafkaCluster.Topic> existing) {
        List<String> refusals = new ArrayList<>();
        for (String id : jobs.ids()) {
            if (jobs.find(id)
                    .filter(file -> file.spec() instanceof RestoreSpec spec
                            && spec.targetClusterId().equals(targetClusterId))
                    .isEmpty()) {
                continue;
            }
            JobHistory history = JobHistory.of(jobs.journal(id).events());
            List<String> shared = history.ready().values().stream()
                    .filter(ready -> {
                        KafkaCluster.Topic now = existing.get(ready.topic());
                        return now != null && now.topicId().equals(ready.topicId());
                    })
                    .map(ready -> ready.topic())
                    .sorted()
                    .toList();
            if (!shared.isEmpty()) {
                refusals.add(refusal(id, history.state(), shared));
            }
        }
        return refusals;
    }

    private static String refusal(String id, JobState state, List<String> topics) {
        return state == JobState.COMPLETED
                ? "job " + id + " has already restored into " + topics
                        + ": restoring again would double every record; delete the topics first, or map to others"
                : "job " + id + " (" + state + ") has begun to restore into " + topics + ": go on with it by 'resume "
                        + id + "', or delete the topics to start anew";
    }
}
