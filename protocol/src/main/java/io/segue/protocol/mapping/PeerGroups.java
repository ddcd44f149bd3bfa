package io.segue.protocol.mapping;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.PeerMappingJson.GroupOffsets;
import io.segue.protocol.mapping.PeerMappingJson.Offset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The groups of a mapping in the peer's form: by target partition, with the exact place where each goes on. Pure. */
final class PeerGroups {
    private PeerGroups() {}

    /** Of a target partition that a group has nothing committed for, there is no line. */
    static List<GroupOffsets> of(Collection<? extends OffsetMapping> mappings, Collection<GroupCommits> groups) {
        Map<TopicPartition, List<OffsetMapping>> byTarget = new TreeMap<>();
        mappings.forEach(mapping -> byTarget.computeIfAbsent(mapping.target(), target -> new ArrayList<>())
                .add(mapping));
        List<GroupOffsets> all = new ArrayList<>();
        for (GroupCommits group : groups) {
            Map<TopicPartition, Long> committed = new HashMap<>();
            group.commits().forEach((source, commit) -> committed.put(source, commit.offset()));
            Map<TopicPartition, Offset> offsets = new TreeMap<>();
            byTarget.forEach((target, into) -> into.stream()
                    .filter(mapping -> committed.containsKey(mapping.source()))
                    .findFirst()
                    .ifPresent(first -> offsets.put(target, offset(group, first.source(), into, committed))));
            all.add(new GroupOffsets(group.groupId(), offsets));
        }
        return all;
    }

    private static Offset offset(
            GroupCommits group, TopicPartition source, List<OffsetMapping> into, Map<TopicPartition, Long> committed) {
        Commit commit = group.commits().getOrDefault(source, new Commit(0, null));
        Long target = LowWaterRule.position(into, committed).position().orElse(null);
        return new Offset(commit.offset(), target, commit.metadata());
    }
}
