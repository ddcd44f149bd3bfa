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
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects runs and makes them durable as fragments, when there are many of them and when it is asked to. Used by one
 * thread.
 */
public final class MappingLog {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int MAX_RUNS = 20_000;

    private final TaskJournal journal;
    private final Time time;
    private final AppendSteps steps;
    private final Map<TopicPartition, List<Run>> runs = new TreeMap<>();
    private @Nullable ReadPosition resume;
    private int runCount;
    private long firstOrdinal;
    private long count;
    private long emittedAt;

    /** @param mapped records that earlier fragments cover */
    public MappingLog(TaskJournal journal, long mapped, Time time, AppendSteps steps) {
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
     * @param from where reading starts so as to meet the run's first record again, or a record before it; asked for the
     *     first of a fragment
     */
    public void add(TopicPartition source, Run run, Supplier<ReadPosition> from) throws AttemptOver.Superseded {
        if (count == 0) {
            resume = from.get();
        }
        List<Run> siblings = runs.computeIfAbsent(source, key -> new ArrayList<>());
        int last = siblings.size() - 1;
        if (last >= 0 && siblings.get(last).continuedBy(run)) {
            siblings.set(last, siblings.get(last).joined(run));
        } else {
            siblings.add(run);
            runCount++;
        }
        count += run.length();
        if (runCount >= MAX_RUNS) {
            emit();
        }
    }

    void emitIfDue() throws AttemptOver.Superseded {
        if (time.nanos() - emittedAt >= INTERVAL.toNanos()) {
            emit();
        }
    }

    /** Makes what was added durable. */
    public void emit() throws AttemptOver.Superseded {
        emittedAt = time.nanos();
        ReadPosition from = resume;
        if (count == 0 || from == null) {
            return;
        }
        steps.reached(AppendSteps.Step.BEFORE_FRAGMENT);
        List<Fragment.Part> parts = runs.entrySet().stream()
                .map(entry -> new Fragment.Part(entry.getKey(), entry.getValue()))
                .toList();
        Fragment fragment = new Fragment(firstOrdinal, count, parts, from);
        journal.append(new Mapped(journal.grant().attempt(), fragment));
        steps.reached(AppendSteps.Step.AFTER_FRAGMENT);
        firstOrdinal += count;
        count = 0;
        runs.clear();
        runCount = 0;
    }
}
