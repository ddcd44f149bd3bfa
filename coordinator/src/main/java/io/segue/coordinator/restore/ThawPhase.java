package io.segue.coordinator.restore;

import io.segue.coordinator.jobs.JobHistory;
import io.segue.coordinator.topics.LostTopics;
import io.segue.coordinator.topics.TargetTopics;
import io.segue.coordinator.topics.ThawCheck;
import io.segue.coordinator.topics.ThawCheck.Effect;
import io.segue.protocol.job.JobEvent.Thawed;
import io.segue.protocol.job.JobEvent.TopicPlanned;
import io.segue.protocol.job.JobEvent.TopicReady;
import io.segue.protocol.job.JobEvent.TopicsThawed;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
     * What came of it.
     *
     * @param frozen topics that stay frozen, and why
     * @param warnings what the brokers will delete of topics that were thawed
     */
    record Thawing(Map<String, String> frozen, List<String> warnings) {
        static final Thawing NONE = new Thawing(Map.of(), List.of());
    }

    /**
     * Thaws what may be thawed.
     *
     * @param unproven topics that stay frozen because their data is not complete
     * @param positions that resets left on the target, the lowest of each partition
     */
    Thawing run(Set<String> unproven, Map<TopicPartition, Long> positions, Wanted wanted) {
        JobHistory history = context.journal().history();
        Map<String, String> lost =
                LostTopics.of(context.target(), history.ready().values());
        List<TopicPlanned> left = history.planned().values().stream()
                .filter(topic -> !isThawed(history.thawed().get(topic.topic())) && !lost.containsKey(topic.topic()))
                .toList();
        Map<String, Effect> effects = new ThawCheck(
                        context.target(), context.limits().time().wallMillis())
                .of(left.stream()
                        .filter(topic -> !unproven.contains(topic.topic())
                                && history.ready().containsKey(topic.topic()))
                        .map(topic -> subject(topic, history, positions))
                        .toList());
        Map<String, String> frozen = new TreeMap<>();
        Map<String, Map<String, @Nullable String>> thawed = new TreeMap<>();
        for (TopicPlanned topic : left) {
            Optional<String> why = staysFrozen(topic.topic(), unproven, effects.get(topic.topic()), wanted);
            why.ifPresentOrElse(
                    reason -> frozen.put(topic.topic(), reason), () -> thawed.put(topic.topic(), topic.intended()));
        }
        Map<String, String> failed =
                new TargetTopics(context.target(), context.limits().time()).thaw(thawed);
        thawed.keySet().removeAll(failed.keySet());
        failed.forEach((topic, why) -> frozen.put(topic, JobReport.THAW_FAILED + why));
        List<Thawed> outcomes = Stream.concat(
                        thawed.keySet().stream().map(topic -> new Thawed(topic, "")),
                        frozen.entrySet().stream().map(topic -> new Thawed(topic.getKey(), topic.getValue())))
                .toList();
        if (!outcomes.isEmpty()) {
            context.journal().append(new TopicsThawed(outcomes));
        }
        return new Thawing(frozen, warnings(thawed.keySet(), effects));
    }

    private static boolean isThawed(@Nullable Thawed before) {
        return before != null && before.frozenBecause().isEmpty();
    }

    private static ThawCheck.Subject subject(
            TopicPlanned topic, JobHistory history, Map<TopicPartition, Long> positions) {
        TopicReady ready = Objects.requireNonNull(history.ready().get(topic.topic()));
        return new ThawCheck.Subject(
                topic.topic(),
                topic.intended(),
                ready.bases(),
                positions.entrySet().stream()
                        .filter(entry -> entry.getKey().topic().equals(topic.topic()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Optional<String> staysFrozen(
            String topic, Set<String> unproven, @Nullable Effect effect, Wanted wanted) {
        if (unproven.contains(topic)) {
            return Optional.of(JobReport.NOT_COMPLETE);
        }
        return switch (wanted) {
            case NOTHING -> Optional.of(JobReport.KEPT_ON_REQUEST);
            case ALL -> Optional.empty();
            case WHAT_IS_SAFE -> effect == null ? Optional.empty() : effect.refusal();
        };
    }

    private static List<String> warnings(Set<String> thawed, Map<String, Effect> effects) {
        List<String> warnings = new ArrayList<>();
        for (String topic : thawed) {
            Effect effect = effects.get(topic);
            if (effect != null) {
                effect.deletes()
                        .or(effect::refusal)
                        .ifPresent(what -> warnings.add("topic " + topic + " is thawed, and the brokers will delete old"
                                + " records within minutes: " + what + ". To keep them, raise its retention now:"
                                + " kafka-configs.sh --bootstrap-server … --alter --entity-type topics --entity-name "
                                + topic + " --add-config retention.ms=-1,retention.bytes=-1"));
            }
        }
        return warnings;
    }
}
