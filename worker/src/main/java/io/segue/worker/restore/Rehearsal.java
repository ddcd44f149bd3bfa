package io.segue.worker.restore;

import io.segue.protocol.job.RehearsalTask;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.ObjectStore;
import io.segue.worker.lease.AttemptOver;
import java.util.List;
import java.util.function.Function;

/**
 * Reads the sequence of a restore task and writes none of it, to count what groups will read again. The count is exact, for
 * it is the very sequence that a restore appends: a group goes on at the first record that it had not read, and meets again
 * what it had read and stands behind that.
 */
public final class Rehearsal {
    private static final int PIECE = 10_000;

    private final RestoreSpec spec;
    private final Function<List<SegmentRef>, SegmentSource> opener;

    /** Told while it reads. */
    interface Watch {
        /**
         * @param records read since the last call
         * @throws AttemptOver to break it off
         */
        void read(long records, long bytes) throws AttemptOver, InterruptedException;
    }

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
     * @return records that each of its groups will read again, in their order
     */
    public List<Long> readAgain(RehearsalTask task) throws InterruptedException {
        try {
            return readAgain(task, (records, bytes) -> {});
        } catch (AttemptOver e) {
            throw new IllegalStateException("nobody asked for an end", e);
        }
    }

    List<Long> readAgain(RehearsalTask task, Watch watch) throws AttemptOver, InterruptedException {
        List<Reader> readers = task.commits().stream().map(Reader::new).toList();
        long records = 0;
        long bytes = 0;
        try (TaskRecords all = new TaskRecords(task.restore(), spec, opener);
                RecordSequence sequence = all.from(all.start())) {
            for (SegmentRecord record = sequence.peek(); record != null; record = sequence.peek()) {
                int input = sequence.input();
                for (Reader reader : readers) {
                    reader.meets(input, record.offset());
                }
                bytes += record.payloadBytes();
                if (++records == PIECE) {
                    watch.read(records, bytes);
                    records = 0;
                    bytes = 0;
                }
                sequence.next();
            }
        }
        watch.read(records, bytes);
        return readers.stream().map(reader -> reader.again).toList();
    }

    /** A group on its way through the sequence. */
    private static final class Reader {
        private final long[] committed;
        private boolean started;
        private long again;

        /** @param committed by input */
        Reader(List<Long> committed) {
            this.committed = committed.stream().mapToLong(Long::longValue).toArray();
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
