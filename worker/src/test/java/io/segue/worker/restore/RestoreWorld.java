package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.Input;
import io.segue.protocol.job.RestoreTask.Preserve;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Mapped;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.job.message.Messages.RunTask;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.time.ManualTime;
import io.segue.protocol.time.Time;
import io.segue.worker.append.AppendSteps;
import io.segue.worker.append.ModelBroker;
import io.segue.worker.append.ModelPartition;
import io.segue.worker.append.ModelPartition.Faults;
import io.segue.worker.jobs.JobAccess;
import io.segue.worker.jobs.OpenJobs;
import io.segue.worker.jobs.TestingConfigs;
import io.segue.worker.lease.Lease;
import io.segue.worker.task.AttemptWatch;
import io.segue.worker.task.Attempts;
import io.segue.worker.task.TaskRunners;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One restore task, its durable log, and the partition that it fills: everything that outlives a process. Attempts run on
 * it as workers run them, one after another or one inside another's pause.
 */
final class RestoreWorld {
    static final TopicPartition SOURCE = new TopicPartition("orders", 3);
    static final TopicPartition TARGET = new TopicPartition("restored", 3);
    /** The target partition is not empty before the job. */
    static final long BASE = 40;

    private static final String WORKER = "worker-1";
    private static final String JOB = "restore-1";
    private static final JobAccess CONFIG = TestingConfigs.restore();
    private static final String TASK = "restored-3";
    /** Two of the records of {@link Records} to a batch. */
    private static final int BATCH_BYTES = 150;

    final ManualTime time = new ManualTime();
    ModelBroker broker;
    final FleetLeader leader = new FleetLeader(time);
    final List<SegmentRecord> expected = new ArrayList<>();
    final JobStore jobs;
    private final RestoreTask task;
    BooleanSupplier stopped = () -> false;
    SegmentSource segments;
    private Time clock = time;
    private String topicId = "topic-id";
    long progress;
    int leasesLost;

    /** The process is gone. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    RestoreWorld(List<List<SegmentRecord>> segments) {
        this(segments, Specs.PLAIN, new InMemoryObjectStore());
    }

    /** Offsets of the source are kept, in a partition that holds nothing. */
    RestoreWorld(List<List<SegmentRecord>> segments, Preserve preserve) {
        this(segments, Specs.PLAIN, new InMemoryObjectStore(), preserve);
    }

    /** Offsets of the source are kept as far as they can be. */
    static RestoreWorld keepingOffsets(List<List<SegmentRecord>> segments, ObjectStore state) {
        long from = segments.isEmpty() ? 0 : segments.get(0).get(0).offset();
        return new RestoreWorld(segments, Specs.PLAIN, state, new Preserve(from, 100, false));
    }

    RestoreWorld(List<List<SegmentRecord>> segments, RestoreSpec spec, ObjectStore state) {
        this(segments, spec, state, null);
    }

    private RestoreWorld(
            List<List<SegmentRecord>> segments, RestoreSpec spec, ObjectStore state, @Nullable Preserve preserve) {
        Input input = new Input(SOURCE, List.of(), null, List.of());
        this.task = new RestoreTask(TASK, List.of(input), TARGET, preserve, 0, 0);
        this.broker = new ModelBroker(preserve == null ? BASE : 0, time);
        this.segments = new ListedSegments(segments);
        this.jobs = new JobStore(state);
        jobs.create(new JobFile(JOB, 0, spec), List.of(task));
        Selection selection = new Selection(spec, SOURCE, spec.sourceClusterId());
        TreeSet<Long> seen = new TreeSet<>();
        for (List<SegmentRecord> segment : segments) {
            for (SegmentRecord record : segment) {
                if (seen.add(record.offset()) && selection.selects(record)) {
                    expected.add(selection.outgoing(record));
                }
            }
        }
    }

    /** Processes whose clocks stand still: none of them ever sees its lease end, or has to look at the log again. */
    RestoreWorld withoutLeases() {
        clock = new Time() {
            @Override
            public long wallMillis() {
                return 0;
            }

            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public void pause(Duration duration) {
                time.pause(duration);
            }
        };
        return this;
    }

    /** The coordinator grants the next attempt. */
    int grant() {
        var log = jobs.taskLog(JOB, TASK);
        int attempt =
                1 + log.events().stream().mapToInt(TaskEvent::attempt).max().orElse(0);
        log.append(new Granted(attempt, WORKER, topicId, task.base(BASE), time.wallMillis()));
        leader.granted(attempt);
        return attempt;
    }

    /** The operator has the partition rebuilt. */
    void rebuild(int order) {
        var log = jobs.taskLog(JOB, TASK);
        log.append(new TaskEvent.Rebuild(
                log.events().stream().mapToInt(TaskEvent::attempt).max().orElse(0), order));
    }

    /** Somebody deletes the topic and makes it again. */
    void topicMadeAgain() {
        topicId = topicId + "-2";
        broker = new ModelBroker(0, time);
        broker.forgetTransactionalId();
    }

    /** A worker runs the attempt to its end, or until a fault or a step throws. */
    void run(int attempt, Faults faults, AppendSteps steps) {
        RestoreTasks tasks = new RestoreTasks(
                (job, refs) -> segments,
                (job, partition, topicId, clientId) -> new ModelPartition(broker, faults),
                clock,
                steps,
                BATCH_BYTES);
        TaskRunners runners = TaskRunners.none().with(RestoreTask.class, tasks);
        RunTask order = new RunTask(1, JOB, TASK, 0, attempt);
        Lease lease = leader.begin(attempt, clock);
        try (OpenJobs open = new OpenJobs(jobs, job -> CONFIG, storage -> new InMemoryObjectStore())) {
            new Attempts(WORKER, open, runners, clock, end -> steps.reached(AppendSteps.Step.AFTER_SEAL))
                    .run(order, lease, new Watch());
        } finally {
            leader.end();
        }
    }

    private final class Watch implements AttemptWatch {
        @Override
        public void advanced(long records, long bytes) {
            progress += records;
        }

        @Override
        public void leaseLost() {
            leasesLost++;
        }

        @Override
        public boolean stopRequested() {
            return stopped.getAsBoolean();
        }
    }

    /** The next attempt, by a worker that nothing happens to. */
    TaskEvent runUndisturbed() {
        run(grant(), Faults.NONE, step -> {});
        return last();
    }

    List<TaskEvent> events() {
        return jobs.taskLog(JOB, TASK).events();
    }

    TaskEvent last() {
        List<TaskEvent> events = events();
        return events.get(events.size() - 1);
    }

    /** Every record once, in order; the mapping says exactly where; the seal says where the log ends. */
    void assertRestored() {
        assertPrefix();
        assertEquals(expected.size(), broker.records().size(), "records on the target");
        Sealed sealed = assertInstanceOf(Sealed.class, last());
        assertEquals(expected.size(), sealed.count());
        assertTrue(
                broker.records().stream().allMatch(record -> record.offset() < sealed.endOffset()),
                "behind the sealed end at " + sealed.endOffset() + " are at most fences of sleepers that woke");
        assertEquals(expected.size(), assertMapped(), "records that the fragments cover");
    }

    /** As {@link #assertRestored}, of what counts since the last rebuild. */
    void assertRebuilt() {
        assertEquals(
                expected.stream().map(BatchBuilder::checksum).toList(),
                broker.records().stream().map(BatchBuilder::checksum).toList());
        Sealed sealed = assertInstanceOf(Sealed.class, last());
        assertEquals(expected.size(), sealed.count());
        assertEquals(expected.size(), assertMapped(), "records that the fragments cover");
    }

    /** Every record has its source offset. */
    void assertIdentical() {
        assertEquals(Records.offsets(expected), Records.offsets(broker.records()), "offsets on the target");
    }

    boolean neverBelowItsSource() {
        List<SegmentRecord> found = broker.records();
        return IntStream.range(0, expected.size())
                .allMatch(i -> found.get(i).offset() >= expected.get(i).offset());
    }

    /** What is on the target, but for fillers of its head, is the beginning of the sequence, each record once. */
    void assertPrefix() {
        List<SegmentRecord> found = broker.records().stream()
                .filter(record -> record.offset() >= task.base(BASE))
                .toList();
        for (int i = 0; i < found.size(); i++) {
            SegmentRecord record = found.get(i);
            assertEquals(
                    i < expected.size() ? BatchBuilder.checksum(expected.get(i)) : "no record",
                    (Object) BatchBuilder.checksum(record),
                    "record number " + i + " at offset " + record.offset());
        }
    }

    /** Returns how many records the fragments cover, from the first on. */
    private int assertMapped() {
        int ordinal = 0;
        for (TaskEvent event : TaskEvent.current(events())) {
            if (event instanceof Mapped mapped) {
                assertEquals(ordinal, mapped.fragment().firstOrdinal());
                for (Fragment.Stretch stretch : mapped.fragment().stretches()) {
                    Run run = stretch.run();
                    for (int i = 0; i < run.length(); i++, ordinal++) {
                        assertEquals(expected.get(ordinal).offset(), run.source() + i, "source offset of " + ordinal);
                        assertEquals(
                                broker.records().get(ordinal).offset(),
                                run.target() + i,
                                "target offset of " + ordinal);
                    }
                }
            }
        }
        return ordinal;
    }
}
