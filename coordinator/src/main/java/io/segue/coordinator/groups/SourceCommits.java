package io.segue.coordinator.groups;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.GroupSnapshot;
import io.segue.protocol.manifest.SourceRecord;
import io.segue.protocol.manifest.SourceRecord.SourceGroup;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The committed offsets that groups had on the source (rule R6), with source names. They come from the backup, never from
 * the target's own commits.
 *
 * @param origin the document that they come from, for messages
 * @param takenAt epoch milliseconds; 0 where the document does not say
 */
public record SourceCommits(String origin, long takenAt, Map<String, GroupCommits> groups) {
    /** For strategies that do not look at source offsets. */
    public static final SourceCommits NONE = new SourceCommits("", 0, Map.of());

    public SourceCommits {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    }

    /** Source topics on which any group has offsets. */
    public Set<String> topics() {
        Set<String> topics = new TreeSet<>();
        groups.values().forEach(group -> group.commits().keySet().forEach(at -> topics.add(at.topic())));
        return topics;
    }

    /**
     * From what a backup holds: Segue's own record where it has groups, for it keeps the metadata of commits, else the
     * peer's snapshot.
     *
     * @return empty if the backup was made without a group snapshot
     */
    public static Optional<SourceCommits> of(Optional<SourceRecord> record, Optional<GroupSnapshot> snapshot) {
        Optional<SourceCommits> ours =
                record.filter(found -> !found.groups().isEmpty()).map(SourceCommits::ofRecord);
        return ours.or(() -> snapshot.map(SourceCommits::ofSnapshot)).or(() -> record.map(SourceCommits::ofRecord));
    }

    private static SourceCommits ofRecord(SourceRecord record) {
        Map<String, GroupCommits> groups = new TreeMap<>();
        for (SourceGroup group : record.groups()) {
            Map<TopicPartition, Commit> commits = new TreeMap<>();
            group.commits().forEach(commit -> {
                if (commit.offset() >= 0) {
                    commits.put(
                            new TopicPartition(commit.topic(), commit.partition()),
                            new Commit(commit.offset(), commit.metadata()));
                }
            });
            groups.put(group.groupId(), new GroupCommits(group.groupId(), commits));
        }
        return new SourceCommits("segue-source.json", record.takenAt(), groups);
    }

    private static SourceCommits ofSnapshot(GroupSnapshot snapshot) {
        Map<String, GroupCommits> groups = new TreeMap<>();
        snapshot.groups().forEach(group -> groups.put(group.groupId(), group));
        return new SourceCommits("consumer-groups-snapshot.json", snapshot.takenAt(), groups);
    }
}
