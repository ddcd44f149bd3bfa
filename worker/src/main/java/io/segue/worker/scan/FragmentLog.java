package io.segue.worker.scan;

import io.segue.protocol.job.TaskEvent.Mapped;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Run;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.TaskJournal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the runs that a scan finds durable as fragments, so many at a time. */
final class FragmentLog {
    private static final int MAX_RUNS = 20_000;

    private final TaskJournal journal;
    private final List<Run> runs = new ArrayList<>();
    private @Nullable TopicPartition source;
    private long firstOrdinal;
    private long count;

    FragmentLog(TaskJournal journal) {
        this.journal = journal;
    }

    void add(TopicPartition from, Run run) throws AttemptOver.Superseded {
        if (runs.size() == MAX_RUNS || !from.equals(source)) {
            emit();
        }
        source = from;
        runs.add(run);
        count += run.length();
    }

    void emit() throws AttemptOver.Superseded {
        TopicPartition from = source;
        if (from == null || count == 0) {
            return;
        }
        journal.append(new Mapped(
                journal.grant().attempt(), new Fragment(from, firstOrdinal, count, runs, Fragment.ReadPosition.START)));
        firstOrdinal += count;
        count = 0;
        runs.clear();
    }
}
