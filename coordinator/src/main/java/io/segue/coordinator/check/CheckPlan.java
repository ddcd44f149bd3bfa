package io.segue.coordinator.check;

import io.segue.protocol.job.CheckTask;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Partition;
import io.segue.protocol.manifest.Manifest.Segment;
import io.segue.protocol.manifest.Manifest.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts the segments of a backup into tasks: large enough to pay, small enough that a death costs little. Pure. */
final class CheckPlan {
    static final long TASK_BYTES = 2L << 30;
    static final int TASK_SEGMENTS = 500;

    private CheckPlan() {}

    /** @param missing keys that nobody needs to look for again */
    static List<CheckTask> tasks(Manifest manifest, Set<String> missing) {
        List<CheckTask> tasks = new ArrayList<>();
        for (Topic topic : manifest.topics()) {
            for (Partition partition : topic.partitions()) {
                cut(topic.at(partition), partition, missing, tasks);
            }
        }
        return tasks;
    }

    private static void cut(TopicPartition at, Partition partition, Set<String> missing, List<CheckTask> tasks) {
        List<SegmentRef> some = new ArrayList<>();
        long bytes = 0;
        int cut = 0;
        for (Segment segment : partition.segments()) {
            if (missing.contains(segment.key())) {
                continue;
            }
            if (some.size() == TASK_SEGMENTS || (!some.isEmpty() && bytes + segment.compressedSize() > TASK_BYTES)) {
                tasks.add(task(at, cut++, some));
                some.clear();
                bytes = 0;
            }
            some.add(new SegmentRef(
                    segment.key(),
                    segment.startOffset(),
                    segment.endOffset(),
                    segment.recordCount(),
                    segment.compressedSize()));
            bytes += segment.compressedSize();
        }
        if (!some.isEmpty()) {
            tasks.add(task(at, cut, some));
        }
    }

    private static CheckTask task(TopicPartition at, int cut, List<SegmentRef> segments) {
        String id = at.topic() + "-" + at.partition();
        return new CheckTask(cut == 0 ? id : id + "@" + cut, at, segments);
    }
}
