package io.segue.worker.restore;

import io.segue.protocol.job.TaskEvent.Mapped;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.time.Time;
import io.segue.worker.append.AppendSteps;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.TaskJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects the runs of acknowledged records and makes them durable as fragments, every few seconds and at the end. */
final class MappingLog {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int MAX_RUNS = 20_000;

    private final TopicPartition source;
    private final TaskJournal journal;
    private final Time time;
    private final AppendSteps steps;
    private final List<Run> runs = new ArrayList<>();
    private ReadPosition resume = ReadPosition.START;
    private long firstOrdinal;
    private long count;
    private long emittedAt;

    /** @param mapped records that earlier fragments cover */
    MappingLog(TopicPartition source, TaskJournal journal, long mapped, Time time, AppendSteps steps) {
        this.source = source;
        this.journal = journal;
        this.firstOrdinal = mapped;
        this.time = time;
        this.steps = steps;
        this.emittedAt = time.nanos();
    }

    /** One past the last ordinal that was added. */
    long end() {
        return firstOrdinal + count;
    }

    /**
     * Adds the records that follow on {@link #end}.
     *
     * @param from start of the segment that the run's first record stands in
     */
    void add(Run run, ReadPosition from) throws AttemptOver.Superseded {
        if (count == 0) {
            resume = from;
        }
        int last = runs.size() - 1;
        if (last >= 0 && runs.get(last).continuedBy(run)) {
            Run before = runs.get(last);
            runs.set(last, new Run(before.source(), before.target(), before.length() + run.length()));
        } else {
            runs.add(run);
        }
        count += run.length();
        if (runs.size() >= MAX_RUNS) {
            emit();
        }
    }

    void emitIfDue() throws AttemptOver.Superseded {
        if (time.nanos() - emittedAt >= INTERVAL.toNanos()) {
            emit();
        }
    }

    /** Makes what was added durable. */
    void emit() throws AttemptOver.Superseded {
        emittedAt = time.nanos();
        if (count == 0) {
            return;
        }
        steps.reached(AppendSteps.Step.BEFORE_FRAGMENT);
        Fragment fragment = new Fragment(source, firstOrdinal, count, runs, resume);
        journal.append(new Mapped(journal.grant().attempt(), fragment));
        steps.reached(AppendSteps.Step.AFTER_FRAGMENT);
        firstOrdinal += count;
        count = 0;
        runs.clear();
    }
}
