package io.segue.coordinator.backup;

import io.segue.protocol.backup.PartitionRange;
import io.segue.protocol.job.BackupTask;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.GroupSnapshot;
import io.segue.protocol.manifest.SourceRecord;
import io.segue.protocol.manifest.SourceRecord.SourceGroup;
import io.segue.protocol.manifest.SourceRecord.SourcePartition;
import io.segue.protocol.manifest.SourceRecord.SourceTopic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The source as it was at one moment: groups first, then the ends of the logs, so that no group had read beyond what the
 * backup takes. The job's {@code capture.json}: whoever goes on with the job takes what was there then, not now.
 *
 * @param warnings what the operator should know, one sentence each
 */
public record Capture(int version, SourceRecord source, List<String> warnings) {
    static final String NAME = "capture.json";

    /** So that a large partition is read by many at once, and a death costs a part of it. */
    static final long STRETCH = 10_000_000;

    public Capture {
        warnings = List.copyOf(warnings);
    }

    Capture(SourceRecord source, List<String> warnings) {
        this(1, source, warnings);
    }

    /** What to read, the longest stretch first, so that none is left alone at the end; nothing of empty partitions. */
    List<BackupTask> tasks() {
        List<BackupTask> tasks = new ArrayList<>();
        for (SourceTopic topic : source.topics()) {
            for (SourcePartition partition : topic.partitions()) {
                stretches(new TopicPartition(topic.name(), partition.partition()), partition, tasks);
            }
        }
        tasks.sort(Comparator.comparingLong(BackupTask::weight).reversed());
        return tasks;
    }

    private static void stretches(TopicPartition at, SourcePartition partition, List<BackupTask> tasks) {
        long offsets = partition.endOffset() - partition.startOffset();
        long count = (offsets + STRETCH - 1) / STRETCH;
        String id = at.topic() + "-" + at.partition();
        long from = partition.startOffset();
        for (long i = 1; i <= count; i++) {
            long end = i == count ? partition.endOffset() : from + offsets / count;
            // no topic's name has an @ in it
            tasks.add(new BackupTask(i == 1 ? id : id + "@" + from, new PartitionRange(at, from, end)));
            from = end;
        }
    }

    long partitions() {
        return source.topics().stream()
                .mapToLong(topic -> topic.partitions().size())
                .sum();
    }

    /** The peer's document of the groups. */
    GroupSnapshot snapshot() {
        List<GroupCommits> groups = new ArrayList<>();
        for (SourceGroup group : source.groups()) {
            Map<TopicPartition, Commit> commits = new TreeMap<>();
            group.commits()
                    .forEach(commit -> commits.put(
                            new TopicPartition(commit.topic(), commit.partition()),
                            new Commit(commit.offset(), commit.metadata())));
            groups.add(new GroupCommits(group.groupId(), commits));
        }
        return new GroupSnapshot(source.takenAt(), groups);
    }
}
