package io.segue.coordinator.restore;

import io.segue.coordinator.jobs.JobHistory;
import io.segue.coordinator.jobs.Rebuilds;
import io.segue.coordinator.plan.RestorePlan.TopicPlan;
import io.segue.coordinator.topics.LostTopics;
import io.segue.coordinator.topics.TargetTopics;
import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobEvent.RebuildBegun;
import io.segue.protocol.job.JobEvent.TopicReady;
import io.segue.protocol.job.JobEvent.TopicsReady;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Rebuild;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes what was commanded to be rebuilt void, so that its tasks run again:
 *
 * <ol>
 *   <li>topics that are gone are made, all are frozen; the id of one that is another than before is journaled;
 *   <li>groups whose positions stand in these partitions are to be reset again;
 *   <li>the log of each task says that its partition is to be emptied: an attempt that may still run is over with that;
 *   <li>the journal says that it is begun.
 * </ol>
 *
 * Each step may be repeated. What cannot be rebuilt is said, left as it is, and does not hold up the rest.
 */
final class RebuildPhase {
    private static final int TRIES = 16;

    private final JobContext context;
    private final Map<String, TopicPlan> plans;

    RebuildPhase(JobContext context, List<TopicPlan> plans) {
        this.context = context;
        this.plans = plans.stream().collect(Collectors.toMap(TopicPlan::topic, plan -> plan));
    }

    void run(List<RestoreTask> tasks) {
        JobHistory history = context.journal().history();
        Set<String> places = history.toRebuild();
        if (places.isEmpty()) {
            return;
        }
        Set<String> topics = places.stream().map(Rebuilds::topic).collect(Collectors.toSet());
        Map<String, Topic> existing = context.target().topics(topics);
        Map<String, String> lost =
                LostTopics.of(context.target(), history.ready().values());
        Set<String> refused = new HashSet<>();
        for (String topic : topics) {
            refusal(topic, places, existing.get(topic), lost).ifPresent(why -> {
                refused.add(topic);
                context.listener().said("topic " + topic + " is not rebuilt: " + why);
            });
        }
        List<RestoreTask> chosen = tasks.stream()
                .filter(task -> !refused.contains(task.target().topic())
                        && places.stream().anyMatch(place -> Rebuilds.means(place, task.target())))
                .toList();
        begin(chosen, lost, history.rebuilds());
    }

    private Optional<String> refusal(
            String topic, Set<String> places, @Nullable Topic existing, Map<String, String> lost) {
        TopicPlan plan = plans.get(topic);
        if (plan == null) {
            return Optional.of("the job restores nothing to it");
        }
        if (lost.containsKey(topic) && !places.contains(topic)) {
            return Optional.of("it was deleted, or made again: name all of it, with --rebuild " + topic
                    + "; what it holds is deleted");
        }
        if (existing == null) {
            return Optional.empty();
        }
        if (existing.partitions() != plan.partitions()) {
            return Optional.of("it has " + existing.partitions() + " partitions, the job wants " + plan.partitions()
                    + ": delete it, and name all of it, with --rebuild " + topic);
        }
        return new EarlierJobs(context.jobs())
                        .others(context.jobId())
                        .refusals(context.file().restore().targetClusterId(), Set.of(topic), Map.of(topic, existing))
                        .stream()
                        .findFirst();
    }

    private void begin(List<RestoreTask> chosen, Map<String, String> lost, int order) {
        Set<TopicPartition> partitions =
                chosen.stream().map(RestoreTask::target).collect(Collectors.toSet());
        prepare(partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()), lost);
        ResetPhase.state(context).reopen(partitions, order);
        chosen.forEach(task -> makeVoid(task, order));
        context.journal()
                .append(new RebuildBegun(order, partitions.stream().sorted().toList()));
        chosen.forEach(task -> context.listener().said(task.target() + " is rebuilt: what it holds is deleted"));
    }

    /** Topics that are the same keep what is known of where their other partitions begin. */
    private void prepare(Set<String> topics, Map<String, String> lost) {
        List<TopicPlan> wanted = new ArrayList<>();
        topics.forEach(topic -> Optional.ofNullable(plans.get(topic)).ifPresent(wanted::add));
        if (wanted.isEmpty()) {
            return;
        }
        Map<String, TopicReady> ready = new HashMap<>();
        new TargetTopics(context.target(), context.limits().time())
                .prepare(wanted, context.file().restore().topics().replicationFactor())
                .forEach(topic -> ready.put(topic.topic(), topic));
        ready.keySet().retainAll(lost.keySet());
        if (!ready.isEmpty()) {
            context.journal().append(new TopicsReady(List.copyOf(ready.values())));
        }
    }

    private void makeVoid(RestoreTask task, int order) {
        EventLog<TaskEvent> log = context.jobs().taskLog(context.jobId(), task.id());
        for (int i = 0; i < TRIES; i++) {
            boolean done = log.events().stream()
                    .anyMatch(event -> event instanceof Rebuild rebuild && rebuild.order() == order);
            int newest =
                    log.events().stream().mapToInt(TaskEvent::attempt).max().orElse(0);
            if (done || log.append(new Rebuild(newest, order)) == EventLog.Appended.DONE) {
                return;
            }
            log.refresh();
        }
        throw new IllegalStateException("the log of task " + task.id() + " is written by others all the time");
    }
}
