package io.segue.coordinator.groups;

import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.LowWaterRule;
import io.segue.protocol.mapping.OffsetMapping;
import io.segue.protocol.mapping.Translation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rule R2 for a group: one position in each target partition that its source partitions share or are spread over. Pure. */
final class SharedTargets {
    private SharedTargets() {}

    /**
     * One position.
     *
     * @param next the source partition whose first unread record stands at the position, or the first one where all is read
     * @param readAgain records of all sources that the group has read and will read again
     */
    record Position(TopicPartition target, TopicPartition next, Translation translation, long readAgain) {}

    /**
     * Positions in all shared target partitions that records of a topic flow into.
     *
     * @param commits of the group on the source; of a partition without one nothing counts as read
     */
    static List<Position> of(RestoredPartitions restored, String topic, Map<TopicPartition, Commit> commits) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        commits.forEach((partition, commit) -> committed.put(partition, commit.offset()));
        List<Position> positions = new ArrayList<>();
        restored.shared().forEach((target, into) -> {
            if (into.stream().anyMatch(mapping -> mapping.source().topic().equals(topic))) {
                positions.add(position(target, into, committed));
            }
        });
        return positions;
    }

    private static Position position(
            TopicPartition target, List<OffsetMapping> into, Map<TopicPartition, Long> committed) {
        Map<TopicPartition, Long> known = new HashMap<>(committed);
        into.forEach(mapping -> known.putIfAbsent(mapping.source(), 0L));
        Translation translation = LowWaterRule.position(into, known);
        long readAgain = translation instanceof Translation.LowWater low ? low.readAgain() : 0;
        TopicPartition next = into.get(0).source();
        Optional<Long> at = translation.position();
        for (OffsetMapping mapping : into) {
            Optional<Long> first =
                    mapping.translate(known.getOrDefault(mapping.source(), 0L)).position();
            if (at.isPresent() && first.equals(at)) {
                next = mapping.source();
                break;
            }
        }
        return new Position(target, next, translation, readAgain);
    }
}
