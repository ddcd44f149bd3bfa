package io.segue.coordinator.scan;

import io.segue.protocol.job.ScanTask;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    /**
     * What to read of each partition.
     *
     * @param from where to begin, for partitions that an earlier scan has read to there
     * @return first offset and end, by partition as text
     */
    static Map<String, List<Long>> stretches(
            List<TopicPartition> partitions, Map<TopicPartition, LogRange> logs, Map<TopicPartition, Long> from) {
        Map<String, List<Long>> stretches = new TreeMap<>();
        for (TopicPartition at : partitions) {
            LogRange log = logs.get(at);
            if (log == null) {
                throw new IllegalStateException("no log range of " + at + " was told");
            }
            long begin = Math.max(log.start(), from.getOrDefault(at, 0L));
            stretches.put(at.toString(), List.of(begin, Math.max(begin, log.lastStable())));
        }
        return stretches;
    }

    static List<ScanTask> tasks(Map<String, List<Long>> stretches) {
        List<ScanTask> tasks = new ArrayList<>();
        stretches.forEach((at, ends) -> cut(TopicPartition.parse(at), ends.get(0), ends.get(1), tasks));
        return tasks;
    }

    private static void cut(TopicPartition at, long begin, long end, List<ScanTask> tasks) {
        String id = at.topic() + "-" + at.partition();
        for (long from = begin; from < end; from += STRETCH) {
            // no topic's name has an @ in it
            tasks.add(new ScanTask(from == begin ? id : id + "@" + from, at, from, Math.min(end, from + STRETCH)));
        }
    }
}
