package io.segue.worker.restore;

import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the sequence of a restore task and writes none of it, to count what groups will read again. The count is exact, for
 * it is the very sequence that a restore appends: a group goes on at the first record that it had not read, and meets again
 * what it had read and stands behind that.
 */
public final class Rehearsal {
    private final RestoreSpec spec;
    private final Function<List<SegmentRef>, SegmentSource> opener;

    /** @param backup storage of the backup */
    public Rehearsal(RestoreSpec spec, SegmentStore segments, ObjectStore backup) {
        this(spec, refs -> segments.source(backup, refs));
    }

    Rehearsal(RestoreSpec spec, Function<List<SegmentRef>, SegmentSource> opener) {
        this.spec = spec;
        this.opener = opener;
    }

    /**
     * Reads every segment of a task once.
     *
     * @param commits of some groups: the next offset to read by source partition; where there is none, nothing was read
     * @return records that each of them will read again, in their order
     */
    public List<Long> readAgain(RestoreTask task, List<Map<TopicPartition, Long>> commits) {
        List<Reader> readers =
                commits.stream().map(commit -> new Reader(task, commit)).toList();
        try (TaskRecords records = new TaskRecords(task, spec, opener);
                RecordSequence sequence = records.from(records.start())) {
            for (SegmentRecord record = sequence.peek(); record != null; record = sequence.peek()) {
                int input = sequence.input();
                long offset = record.offset();
                readers.forEach(reader -> reader.meets(input, offset));
                sequence.next();
            }
        }
        return readers.stream().map(reader -> reader.again).toList();
    }

    /** A group on its way through the sequence. */
    private static final class Reader {
        private final long[] committed;
        private boolean started;
        private long again;

        Reader(RestoreTask task, Map<TopicPartition, Long> commits) {
            this.committed = task.sources().stream()
                    .mapToLong(source -> commits.getOrDefault(source, 0L))
                    .toArray();
        }

        void meets(int input, long offset) {
            if (offset >= committed[input]) {
                started = true;
            } else if (started) {
                again++;
            }
        }
    }
}
