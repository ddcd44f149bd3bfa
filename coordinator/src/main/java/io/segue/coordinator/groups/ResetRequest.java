package io.segue.coordinator.groups;

import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.kafka.TopicPartition;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a reset is asked to do.
 *
 * @param source the groups' own offsets; {@link SourceCommits#NONE} where no strategy looks at them
 * @param topicMapping source → target topic; unmapped: the same name
 * @param topics only these, by source or target name; empty: all on which a group has offsets
 * @param allowPartial commit what has an answer even where other partitions of the topic have none (R4)
 */
public record ResetRequest(
        SourceCommits source,
        Strategies strategies,
        Map<String, String> topicMapping,
        Set<String> topics,
        NoAnswerPolicy noAnswer,
        boolean allowPartial) {
    public ResetRequest {
        topicMapping = Map.copyOf(topicMapping);
        topics = Set.copyOf(topics);
    }

    /** A reset by what a restore proved. */
    public static ResetRequest translate(SourceCommits source, RestoredPartitions restored, NoAnswerPolicy noAnswer) {
        return new ResetRequest(
                source,
                Strategies.only(new ResetStrategy.Translate(restored, "from-mapping")),
                Map.of(),
                Set.of(),
                noAnswer,
                false);
    }

    String target(String sourceTopic) {
        return topicMapping.getOrDefault(sourceTopic, sourceTopic);
    }

    boolean wants(String sourceTopic) {
        return topics.isEmpty() || topics.contains(sourceTopic) || topics.contains(target(sourceTopic));
    }

    /**
     * Topics of the target that decide.
     *
     * @param currentTopics topics on which the target has offsets of the groups
     */
    public Set<String> targetTopics(Set<String> currentTopics) {
        Set<String> names = new TreeSet<>();
        strategies.restored().ifPresent(restored -> targets(restored).forEach(place -> names.add(place.topic())));
        boolean translatesOnly =
                strategies.specials().isEmpty() && strategies.restored().isPresent();
        if (!translatesOnly) {
            source.groups()
                    .values()
                    .forEach(group -> group.commits().keySet().forEach(at -> names.add(target(at.topic()))));
            names.addAll(currentTopics);
            topics.forEach(topic -> names.add(target(topic)));
        }
        return names;
    }

    private static Set<TopicPartition> targets(RestoredPartitions restored) {
        Set<TopicPartition> targets = new TreeSet<>();
        for (Restored partition : restored.partitions().values()) {
            if (partition instanceof Restored.Proven proven) {
                targets.add(proven.mapping().target());
            } else if (partition instanceof Restored.NothingArchived empty) {
                targets.add(empty.target());
            }
        }
        targets.addAll(restored.shared().keySet());
        return targets;
    }

    /** The mapping with the topic names of the other side. */
    Map<String, String> sources() {
        Map<String, String> sources = new TreeMap<>();
        topicMapping.forEach((from, to) -> sources.put(to, from));
        return sources;
    }
}
