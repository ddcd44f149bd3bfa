package io.segue.coordinator.restore;

import io.segue.coordinator.jobs.JobHistory;
import io.segue.coordinator.plan.RestorePlan.TopicPlan;
import io.segue.coordinator.restore.RestoreJob.TopicPlans;
import io.segue.protocol.job.JobEvent.TopicReady;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.kafka.KafkaCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What jobs before this one wrote to the topics that it wants to write to: restoring twice doubles every record. */
final class EarlierJobs {
    private final JobStore jobs;
    private final String but;

    EarlierJobs(JobStore jobs) {
        this(jobs, "");
    }

    private EarlierJobs(JobStore jobs, String but) {
        this.jobs = jobs;
        this.but = but;
    }

    /** All but one. */
    EarlierJobs others(String jobId) {
        return new EarlierJobs(jobs, jobId);
    }

    /** @param existing target topics by name */
    List<String> refusals(String targetClusterId, Set<String> wanted, Map<String, KafkaCluster.Topic> existing) {
        List<String> refusals = new ArrayList<>();
        for (String id : jobs.ids()) {
            if (id.equals(but)) {
                continue;
            }
            if (jobs.find(id)
                    .filter(file -> file.spec() instanceof RestoreSpec spec
                            && spec.targetClusterId().equals(targetClusterId))
                    .isEmpty()) {
                continue;
            }
            JobHistory history = JobHistory.of(jobs.journal(id).events());
            Set<String> shared = new TreeSet<>(begun(history, existing));
            shared.addAll(planned(id, history));
            shared.retainAll(wanted);
            if (!shared.isEmpty()) {
                refusals.add(refusal(id, history.state(), shared));
            }
        }
        return refusals;
    }

    /** Topics that the job made or froze, if they are still the same. */
    private static List<String> begun(JobHistory history, Map<String, KafkaCluster.Topic> existing) {
        return history.ready().values().stream()
                .filter(ready -> {
                    KafkaCluster.Topic now = existing.get(ready.topic());
                    return now != null && now.topicId().equals(ready.topicId());
                })
                .map(TopicReady::topic)
                .toList();
    }

    /** Topics that a fleet is about to make or freeze for the job. */
    private List<String> planned(String id, JobHistory history) {
        if (history.state().ended() || jobs.request(id).isEmpty()) {
            return List.of();
        }
        return jobs
                .readDocument(id, TopicPlans.NAME, TopicPlans.class)
                .map(TopicPlans::topics)
                .orElse(List.of())
                .stream()
                .map(TopicPlan::topic)
                .filter(topic -> !history.ready().containsKey(topic))
                .toList();
    }

    private static String refusal(String id, JobState state, Set<String> topics) {
        return switch (state) {
            case COMPLETED ->
                "job " + id + " has already restored into " + topics
                        + ": restoring again would double every record; delete the topics first, or map to others";
            case CANCELLED ->
                "job " + id + " was cancelled after it had begun to restore into " + topics
                        + ": delete the topics to start anew, or map to others";
            default ->
                "job " + id + " (" + state + ") has begun to restore into " + topics + ": go on with it by 'resume "
                        + id + "', or delete the topics to start anew";
        };
    }
}
