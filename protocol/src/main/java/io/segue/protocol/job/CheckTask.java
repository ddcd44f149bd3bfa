package io.segue.protocol.job;

import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;

/** The segments of one backed-up partition, to be read record by record and compared with their manifest. */
public record CheckTask(String id, TopicPartition source, List<SegmentRef> segments) implements JobTask {
    public CheckTask {
        segments = List.copyOf(segments);
    }

    @Override
    public long weight() {
        return segments.stream().mapToLong(SegmentRef::size).sum();
    }
}
