package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.job.TaskFragments;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.FragmentMerge;
import io.segue.protocol.mapping.Merged;
import io.segue.protocol.mapping.OffsetMapping;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.Translation;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.ManualTime;
import io.segue.worker.append.AppendReply;
import io.segue.worker.append.EncodedBatch;
import io.segue.worker.append.TargetPartition;
import io.segue.worker.append.WriterId;
import io.segue.worker.jobs.OpenJobs;
import io.segue.worker.jobs.TestingConfigs;
import io.segue.worker.task.AttemptWatch;
import io.segue.worker.task.Attempts;
import io.segue.worker.task.TaskRunners;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A21: a partition of very many records takes as little memory, and leaves as small a mapping, as one of few. With
 * {@code -Dsegue.large.records=100000000} of a hundred million.
 */
class A21LargePartitionTest {
    private static final long RECORDS = Long.getLong("segue.large.records", 3_000_000);
    private static final int SEGMENTS = 100;
    /** One offset is missing behind so many. */
    private static final long RUN = RECORDS / 100;

    private static final long MOST_LIVE_BYTES = 48L << 20;
    private static final TopicPartition SOURCE = new TopicPartition("orders", 0);
    private static final TopicPartition TARGET = new TopicPartition("restored", 0);

    private final ManualTime time = new ManualTime();
    private final JobStore jobs = new JobStore(new InMemoryObjectStore());
    private final RestoreTask task = RestoreTask.of("t-0", SOURCE, TARGET, List.of(), RECORDS, 0);
    private final Sinkhole sink = new Sinkhole();
    private long mostLive;

    private static long offset(long record) {
        return 1_000 + record + record / RUN;
    }

    /** Records that are made up when they are read. */
    private static final class Generated implements SegmentSource {
        private final byte[] value = new byte[40];

        @Override
        public int size() {
            return SEGMENTS;
        }

        @Override
        public OpenSegment open(int index) {
            return new OpenSegment() {
                private long next = RECORDS * index / SEGMENTS;
                private final long end = RECORDS * (index + 1) / SEGMENTS;

                @Override
                public @Nullable SegmentRecord next() {
                    if (next == end) {
                        return null;
                    }
                    SegmentRecord record =
                            new SegmentRecord(offset(next), next, null, ByteBuffer.wrap(value), List.of());
                    next++;
                    return record;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {}
    }

    /** A partition that acknowledges every batch and keeps none. */
    private final class Sinkhole implements TargetPartition {
        private long end;
        private int batches;

        @Override
        public WriterId nextWriter() {
            return new WriterId(7, (short) 0);
        }

        @Override
        public long fence(WriterId writer) {
            throw new AssertionError("nobody has to be fenced");
        }

        @Override
        public long end() {
            return end;
        }

        @Override
        public Optional<WriterId> markerAt(long offset) {
            return Optional.empty();
        }

        @Override
        public Optional<TailRecord> lastRecord(long from, long below) {
            return Optional.empty();
        }

        @Override
        public boolean connect() {
            return true;
        }

        @Override
        public AppendReply append(WriterId writer, int baseSequence, EncodedBatch batch) {
            long base = end;
            end += batch.count();
            if (batches++ % 100 == 0) {
                mostLive = Math.max(mostLive, live());
            }
            return new AppendReply.Acknowledged(base);
        }

        @Override
        public void deleteBefore(long offset) {}

        @Override
        public void disconnect() {}

        @Override
        public void close() {}
    }

    /** Bytes in use by what is still reachable. */
    private static long live() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void memoryAndMappingDoNotGrowWithTheRecords() {
        long before = live();
        jobs.create(new JobFile("restore-1", 0, Specs.PLAIN), List.of(task));
        jobs.taskLog("restore-1", task.id()).append(new Granted(1, "worker-1", "id", 0, 0));
        run();
        List<TaskEvent> events = jobs.taskLog("restore-1", task.id()).events();

        Sealed sealed = assertInstanceOf(Sealed.class, events.get(events.size() - 1));
        assertEquals(RECORDS, sealed.count());
        assertTrue(events.size() < 10, events.size() + " events");
        assertTrue(
                mostLive - before < MOST_LIVE_BYTES,
                () -> "at most " + ((mostLive - before) >> 20) + " MB were in use, " + (before >> 20) + " before");
        OffsetMapping mapping = mapping(events);
        assertTrue(((PartitionMapping) mapping).runs().size() <= 101);
        for (long record = 0; record < RECORDS; record += RECORDS / 997) {
            assertEquals(new Translation.Exact(record), mapping.translate(offset(record)));
        }
        assertEquals(new Translation.InGap(RUN, offset(RUN)), mapping.translate(offset(RUN) - 1));
    }

    private OffsetMapping mapping(List<TaskEvent> events) {
        PartitionMapping.Collector collector = new PartitionMapping.Collector();
        Merged merged = FragmentMerge.merge(
                new TaskFragments(jobs, "restore-1", task.id(), events).stored(), OptionalLong.of(RECORDS), collector);
        assertEquals(new Merged.Complete(RECORDS), merged);
        return collector.into(TARGET).get(0);
    }

    private void run() {
        RestoreTasks tasks = new RestoreTasks(
                (job, refs) -> new Generated(),
                new ModelTargets(() -> sink),
                time,
                step -> {},
                FeedAhead::new,
                BatchBuilder.BATCH_BYTES);
        FleetLeader leader = new FleetLeader(time);
        leader.granted(1);
        try (OpenJobs open =
                new OpenJobs(jobs, job -> TestingConfigs.restore(), storage -> new InMemoryObjectStore())) {
            new Attempts("worker-1", open, TaskRunners.none().with(RestoreTask.class, tasks), time, end -> {})
                    .run(new RunTask(1, "restore-1", task.id(), 0, 1), leader.begin(1, time), new Unwatched());
        } finally {
            leader.end();
        }
    }

    private static final class Unwatched implements AttemptWatch {
        @Override
        public void advanced(long records, long bytes) {}

        @Override
        public void leaseLost() {
            throw new AssertionError("the lease is held");
        }

        @Override
        public boolean stopRequested() {
            return false;
        }
    }
}
