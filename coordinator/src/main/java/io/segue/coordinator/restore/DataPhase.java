package io.segue.coordinator.restore;

import io.segue.coordinator.dispatch.Destination;
import io.segue.coordinator.dispatch.Dispatch;
import io.segue.coordinator.dispatch.TaskStanding;
import io.segue.coordinator.jobs.JobHistory;
import io.segue.coordinator.plan.RestorePlan.TopicPlan;
import io.segue.coordinator.topics.LostTopics;
import io.segue.coordinator.topics.TargetTopics;
import io.segue.protocol.job.JobEvent.TopicPlanned;
import io.segue.protocol.job.JobEvent.TopicReady;
import io.segue.protocol.job.JobEvent.TopicsPlanned;
import io.segue.protocol.job.JobEvent.TopicsReady;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.text.Units;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the target topics and brings every task to its end. */
final class DataPhase {
    /** Topics between two events of the journal. */
    private static final int TOPICS_AT_A_TIME = 100;

    private final JobContext context;
    private final TargetTopics topics;

    DataPhase(JobContext context) {
        this.context = context;
        this.topics = new TargetTopics(context.target(), context.limits().time());
    }

    /** Journals what topics go back to, then makes or freezes them, then journals where they begin; many at a time. */
    void prepare(List<TopicPlan> plans) {
        JobHistory history = context.journal().history();
        List<TopicPlan> left = plans.stream()
                .filter(plan -> !history.ready().containsKey(plan.topic()))
                .toList();
        for (int from = 0; from < left.size(); from += TOPICS_AT_A_TIME) {
            List<TopicPlan> some = left.subList(from, Math.min(left.size(), from + TOPICS_AT_A_TIME));
            List<TopicPlanned> unplanned = some.stream()
                    .filter(plan -> !history.planned().containsKey(plan.topic()))
                    .map(plan -> new TopicPlanned(plan.topic(), plan.create(), plan.intended()))
                    .toList();
            if (!unplanned.isEmpty()) {
                context.journal().append(new TopicsPlanned(unplanned));
            }
            int replicationFactor = context.file().restore().topics().replicationFactor();
            context.journal().append(new TopicsReady(topics.prepare(some, replicationFactor)));
            some.forEach(plan -> context.listener()
                    .said("topic " + plan.topic() + ": " + Units.count(plan.partitions(), "partition") + ", "
                            + (plan.create() ? "created" : "exists") + ", retention and compaction held back"));
        }
    }

    /** The log of every task, after the end or after a stop; tasks whose topic is lost are left alone. */
    Map<String, List<TaskEvent>> run(List<RestoreTask> all) throws InterruptedException {
        Map<String, Destination> destinations = new HashMap<>();
        Map<String, TopicReady> ready = context.journal().history().ready();
        Map<String, String> lost = LostTopics.of(context.target(), ready.values());
        lost.values().forEach(context.listener()::said);
        List<RestoreTask> tasks = all.stream()
                .filter(task -> !lost.containsKey(task.target().topic()))
                .toList();
        Map<TopicPartition, Integer> leaders = context.target().leaders(ready.keySet());
        for (RestoreTask task : tasks) {
            TopicReady topic = ready.get(task.target().topic());
            if (topic == null) {
                throw new IllegalStateException("topic of " + task.target() + " was not prepared");
            }
            destinations.put(
                    task.id(),
                    new Destination(
                            topic.topicId(),
                            task.base(topic.bases().get(task.target().partition())),
                            leaders.getOrDefault(task.target(), -1)));
        }
        Map<String, List<TaskEvent>> logs = leftAlone(tasks);
        destinations.keySet().removeAll(logs.keySet());
        RunLimits limits = context.limits();
        logs.putAll(new Dispatch(
                        context.jobId(),
                        context.jobs(),
                        limits.workers(),
                        limits.time(),
                        limits.tasksAtATime(),
                        limits.stopped())
                .run(all, destinations, context.listener()));
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
