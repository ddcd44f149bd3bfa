package io.segue.coordinator.scan;

import io.segue.protocol.job.ScanTask;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Cuts the logs of target partitions into tasks. Pure. */
final class ScanPlan {
    /** So that a large partition is read by many at once, and a death costs a part of it. */
    static final long STRETCH = 10_000_000;

    private ScanPlan() {}

    /** Every partition of these topics, in order. */
    static List<TopicPartition> partitions(Collection<Topic> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        topics.stream().sorted(java.util.Comparator.comparing(Topic::name)).forEach(topic -> {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                partitions.add(new TopicPartition(topic.name(), partition));
            }
        });
        return partitions;
    }

    /** @param from where to begin, for partitions that an earlier scan has read to there */
    static List<ScanTask> tasks(
            List<TopicPartition> partitions, Map<TopicPartition, LogRange> logs, Map<TopicPartition, Long> from) {
        List<ScanTask> tasks = new ArrayList<>();
        for (TopicPartition at : partitions) {
            LogRange log = logs.get(at);
            if (log == null) {
                throw new IllegalStateException("no log range of " + at + " was told");
            }
            stretches(at, Math.max(log.start(), from.getOrDefault(at, 0L)), log.lastStable(), tasks);
        }
        return tasks;
    }

    private static void stretches(TopicPartition at, long begin, long end, List<ScanTask> tasks) {
        String id = at.topic() + "-" + at.partition();
        for (long from = begin; from < end; from += STRETCH) {
            // no topic's name has an @ in it
            tasks.add(new ScanTask(
                    from == begin ? id : id + "@" + from, at, from, Math.min(end, from + STRETCH)));
        }
    }
}
