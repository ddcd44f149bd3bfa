package io.segue.coordinator.restore;

import io.segue.coordinator.dispatch.Dispatch;
import io.segue.coordinator.dispatch.Dispatch.Destination;
import io.segue.coordinator.dispatch.TaskStanding;
import io.segue.coordinator.jobs.JobHistory;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.plan.RestorePlan.TopicPlan;
import io.segue.coordinator.topics.TargetTopics;
import io.segue.protocol.job.JobEvent.TopicPlanned;
import io.segue.protocol.job.JobEvent.TopicReady;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.kafka.KafkaCluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the target topics and brings every task to its end. */
final class DataPhase {
    private final JobContext context;
    private final TargetTopics topics;

    DataPhase(JobContext context) {
        this.context = context;
        this.topics = new TargetTopics(context.target());
    }

    /** Journals what a topic goes back to, then makes or freezes it, then journals where it begins. */
    void prepare(List<TopicPlan> plans) {
        for (TopicPlan plan : plans) {
            JobHistory history = context.journal().history();
            TopicReady ready = history.ready().get(plan.topic());
            if (ready != null) {
                requireSameTopic(ready);
                continue;
            }
            if (!history.planned().containsKey(plan.topic())) {
                context.journal().append(new TopicPlanned(plan.topic(), plan.create(), plan.intended()));
            }
            context.journal()
                    .append(topics.prepare(
                            plan, context.file().restore().topics().replicationFactor()));
            context.listener()
                    .said("topic " + plan.topic() + ": " + plan.partitions() + " partitions, "
                            + (plan.create() ? "created" : "exists") + ", retention and compaction held back");
        }
    }

    private void requireSameTopic(TopicReady ready) {
        KafkaCluster.Topic now = context.target().topics(List.of(ready.topic())).get(ready.topic());
        if (now == null || !now.topicId().equals(ready.topicId())) {
            throw new JobRefusedException("topic " + ready.topic()
                    + (now == null ? " is gone" : " was deleted and made again") + " since the job began (id "
                    + ready.topicId() + "): what the job wrote is lost with it; start a new restore");
        }
    }

    /** The log of every task, after the end or after a stop. */
    Map<String, List<TaskEvent>> run(List<RestoreTask> tasks) throws InterruptedException {
        Map<String, Destination> destinations = new HashMap<>();
        Map<String, TopicReady> ready = context.journal().history().ready();
        for (RestoreTask task : tasks) {
            TopicReady topic = ready.get(task.target().topic());
            if (topic == null) {
                throw new IllegalStateException("topic of " + task.target() + " was not prepared");
            }
            destinations.put(
                    task.id(),
                    new Destination(
                            topic.topicId(),
                            task.base(topic.bases().get(task.target().partition()))));
        }
        Map<String, List<TaskEvent>> logs = leftAlone(tasks);
        List<RestoreTask> wanted =
                tasks.stream().filter(task -> !logs.containsKey(task.id())).toList();
        RunLimits limits = context.limits();
        logs.putAll(new Dispatch(
                        context.jobId(),
                        context.jobs(),
                        limits.workers(),
                        limits.time(),
                        limits.tasksAtATime(),
                        limits.stopped())
                .run(
                        wanted,
                        destinations,
                        progress -> context.listener().advanced(progress.records(), progress.bytes())));
        return logs;
    }

    /** The logs of failed tasks, where only others are to be tried again. */
    private Map<String, List<TaskEvent>> leftAlone(List<RestoreTask> tasks) {
        Map<String, List<TaskEvent>> logs = new HashMap<>();
        List<String> retried = context.journal().history().retried();
        for (RestoreTask task : retried.isEmpty() ? List.<RestoreTask>of() : tasks) {
            List<TaskEvent> events =
                    context.jobs().taskLog(context.jobId(), task.id()).events();
            if (!retried.contains(task.id()) && TaskStanding.of(events) instanceof TaskStanding.FailedOnce) {
                logs.put(task.id(), events);
            }
        }
        return logs;
    }
}
