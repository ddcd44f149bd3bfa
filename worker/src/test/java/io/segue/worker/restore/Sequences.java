package io.segue.worker.restore;

import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.Input;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.segment.SegmentRecord;
import java.util.Iterator;
import java.util.List;

/** Sequences of records that are at hand. */
final class Sequences {
    private Sequences() {}

    /** Of one source partition. */
    static RecordSequence of(List<List<SegmentRecord>> segments, RestoreSpec spec, ReadPosition from) {
        Input input = new Input(new TopicPartition("orders", 3), List.of(), null, List.of());
        return of(List.of(input), List.of(segments), new TopicPartition("restored", 3), spec, from);
    }

    /** @param segments of each input */
    static RecordSequence of(
            List<Input> inputs,
            List<List<List<SegmentRecord>>> segments,
            TopicPartition target,
            RestoreSpec spec,
            ReadPosition from) {
        Iterator<List<List<SegmentRecord>>> next = segments.iterator();
        return new TaskRecords(
                        new RestoreTask("t", inputs, target, null, 0, 0), spec, refs -> new ListedSegments(next.next()))
                .from(from);
    }
}
