package io.segue.coordinator.restore;

import io.segue.coordinator.jobs.JobHistory;
import io.segue.coordinator.topics.TargetTopics;
import io.segue.coordinator.topics.ThawCheck;
import io.segue.protocol.job.JobEvent.Thawed;
import io.segue.protocol.job.JobEvent.TopicPlanned;
import io.segue.protocol.job.JobEvent.TopicsThawed;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The last step: topics get the configs that they are meant to have, where that deletes nothing that is still wanted. */
final class ThawPhase {
    private final JobContext context;

    /** What is to be thawed. */
    enum Wanted {
        NOTHING,
        WHAT_IS_SAFE,
        /** Even what a reset group has not read. */
        ALL
    }

    ThawPhase(JobContext context) {
        this.context = context;
    }

    /**
     * Thaws what may be thawed.
     *
     * @param unproven topics that stay frozen because their data is not complete
     * @param positions that resets left on the target, the lowest of each partition
     * @return the topics that stay frozen, and why
     */
    Map<String, String> run(Set<String> unproven, Map<TopicPartition, Long> positions, Wanted wanted) {
        Map<String, String> frozen = new TreeMap<>();
        JobHistory history = context.journal().history();
        ThawCheck check =
                new ThawCheck(context.target(), context.limits().time().wallMillis());
        Map<String, Map<String, @Nullable String>> thawed = new TreeMap<>();
        for (TopicPlanned topic : history.planned().values()) {
            Thawed before = history.thawed().get(topic.topic());
            if (before != null && before.frozenBecause().isEmpty()) {
                continue;
            }
            Optional<String> refusal = unproven.contains(topic.topic())
                    ? Optional.of(JobReport.NOT_COMPLETE)
                    : switch (wanted) {
                        case NOTHING -> Optional.of(JobReport.KEPT_ON_REQUEST);
                        case ALL -> Optional.<String>empty();
                        case WHAT_IS_SAFE -> check.refusal(topic.intended(), of(topic.topic(), positions));
                    };
            if (refusal.isEmpty()) {
                thawed.put(topic.topic(), topic.intended());
            } else {
                frozen.put(topic.topic(), refusal.get());
            }
        }
        new TargetTopics(context.target(), context.limits().time()).thaw(thawed);
        List<Thawed> outcomes = Stream.concat(
                        thawed.keySet().stream().map(topic -> new Thawed(topic, "")),
                        frozen.entrySet().stream().map(topic -> new Thawed(topic.getKey(), topic.getValue())))
                .toList();
        if (!outcomes.isEmpty()) {
            context.journal().append(new TopicsThawed(outcomes));
        }
        return frozen;
    }

    private static Map<TopicPartition, Long> of(String topic, Map<TopicPartition, Long> positions) {
        return positions.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
