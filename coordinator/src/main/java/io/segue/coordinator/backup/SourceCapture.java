package io.segue.coordinator.backup;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.Group;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.KafkaCluster.OpenTransaction;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.SourceRecord;
import io.segue.protocol.manifest.SourceRecord.SourceCommit;
import io.segue.protocol.manifest.SourceRecord.SourceGroup;
import io.segue.protocol.manifest.SourceRecord.SourcePartition;
import io.segue.protocol.manifest.SourceRecord.SourceTopic;
import io.segue.protocol.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asks the source cluster for everything that a backup has to know of one moment. */
final class SourceCapture {
    private final KafkaCluster cluster;
    private final Time time;

    SourceCapture(KafkaCluster cluster, Time time) {
        this.cluster = cluster;
        this.time = time;
    }

    /** @param withGroups false: groups are not asked for */
    Capture take(List<Topic> topics, boolean withGroups) {
        long takenAt = time.wallMillis();
        Set<String> names = topics.stream().map(Topic::name).collect(Collectors.toSet());
        List<GroupCommits> groups = withGroups ? groups(names) : List.of();
        Map<String, Group> described =
                cluster.groups(groups.stream().map(GroupCommits::groupId).toList());
        Map<TopicPartition, LogRange> ranges = new TreeMap<>(cluster.logRanges(topics.stream()
                .flatMap(topic -> IntStream.range(0, topic.partitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .toList()));
        List<String> warnings = new ArrayList<>(hanging(ranges));
        warnings.addAll(CaptureWarnings.ahead(groups, ranges));
        SourceRecord source = new SourceRecord(
                cluster.clusterId(),
                takenAt,
                topics.stream().map(topic -> sourceTopic(topic, ranges)).toList(),
                groups.stream().map(group -> sourceGroup(group, described)).toList());
        return new Capture(source, warnings);
    }

    private List<GroupCommits> groups(Set<String> topics) {
        List<GroupCommits> groups = new ArrayList<>();
        for (String id : new TreeSet<>(cluster.groupIds())) {
            Map<TopicPartition, Commit> commits =
                    new TreeMap<>(cluster.commits(id).commits());
            commits.keySet().removeIf(partition -> !topics.contains(partition.topic()));
            if (!commits.isEmpty()) {
                groups.add(new GroupCommits(id, commits));
            }
        }
        return groups;
    }

    /** Only where something is held back at all is anybody asked who does it. */
    private List<String> hanging(Map<TopicPartition, LogRange> ranges) {
        List<TopicPartition> held = ranges.entrySet().stream()
                .filter(entry ->
                        entry.getValue().lastStable() < entry.getValue().highWatermark())
                .map(Map.Entry::getKey)
                .toList();
        if (held.isEmpty()) {
            return List.of();
        }
        try {
            List<OpenTransaction> open = cluster.openTransactions(held);
            List<String> warnings = new ArrayList<>(CaptureWarnings.hanging(open, ranges, time.wallMillis()));
            CaptureWarnings.underWay(open, ranges, time.wallMillis()).ifPresent(warnings::add);
            return warnings;
        } catch (KafkaFailure e) {
            return List.of("open transactions hold back data of " + held + ", and whose they are cannot be asked: "
                    + e.getMessage());
        }
    }

    private static SourceTopic sourceTopic(Topic topic, Map<TopicPartition, LogRange> ranges) {
        List<SourcePartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            LogRange range = ranges.get(new TopicPartition(topic.name(), partition));
            if (range == null) {
                throw new IllegalStateException("no log range of " + topic.name() + "/" + partition + " was told");
            }
            partitions.add(new SourcePartition(partition, range.start(), Math.max(range.start(), range.lastStable())));
        }
        return new SourceTopic(topic.name(), topic.topicId(), topic.configs(), partitions);
    }

    private static SourceGroup sourceGroup(GroupCommits group, Map<String, Group> described) {
        Group known = described.get(group.groupId());
        List<SourceCommit> commits = group.commits().entrySet().stream()
                .map(entry -> new SourceCommit(
                        entry.getKey().topic(),
                        entry.getKey().partition(),
                        entry.getValue().offset(),
                        entry.getValue().metadata()))
                .toList();
        return new SourceGroup(group.groupId(), known == null ? "Dead" : known.state(), commits);
    }
}
