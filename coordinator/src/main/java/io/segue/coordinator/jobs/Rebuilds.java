package io.segue.coordinator.jobs;

import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.kafka.TopicPartition;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Places on the target that are to be rebuilt: a topic, or {@code topic:partition}. Pure. */
public final class Rebuilds {
    private Rebuilds() {}

    /** The topic of a place; no topic's name has a colon in it. */
    public static String topic(String place) {
        int colon = place.lastIndexOf(':');
        return colon < 0 ? place : place.substring(0, colon);
    }

    /** True if a place is this partition, or the whole of its topic. */
    public static boolean means(String place, TopicPartition partition) {
        return place.equals(partition.topic()) || place.equals(partition.topic() + ":" + partition.partition());
    }

    /** Why places cannot be rebuilt by a job with these tasks; empty: they can. */
    public static Optional<String> refusal(List<? extends JobTask> tasks, Collection<String> places) {
        List<TopicPartition> targets = targets(tasks);
        if (targets.isEmpty()) {
            return Optional.of("restores nothing that could be rebuilt");
        }
        List<String> unknown = places.stream()
                .filter(place -> targets.stream().noneMatch(target -> means(place, target)))
                .toList();
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        Set<String> topics = targets.stream().map(TopicPartition::topic).collect(Collectors.toCollection(TreeSet::new));
        return Optional.of("restores nothing to " + String.join(", ", unknown)
                + "; a place is a target topic, or TOPIC:PARTITION; it restores to " + String.join(", ", topics));
    }

    private static List<TopicPartition> targets(List<? extends JobTask> tasks) {
        return tasks.stream()
                .filter(RestoreTask.class::isInstance)
                .map(task -> ((RestoreTask) task).target())
                .toList();
    }
}
