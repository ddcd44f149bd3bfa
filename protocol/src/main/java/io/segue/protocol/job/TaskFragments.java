package io.segue.protocol.job;

import io.segue.protocol.job.TaskEvent.Mapped;
import io.segue.protocol.job.TaskEvent.MappedInStore;
import io.segue.protocol.job.TaskEvent.OfFragment;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.FragmentMerge;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The fragments in the log of a task that count, in its order. Large ones are read from the store when they are asked for, and again
 * when they are asked for again: in memory is one at a time.
 */
public final class TaskFragments implements Iterable<Fragment> {
    private final List<InLog> fragments = new ArrayList<>();

    /** @param events of the task's log, in the order of their numbers */
    public TaskFragments(JobStore jobs, String jobId, String taskId, List<TaskEvent> events) {
        EventLog<TaskEvent> log = jobs.unreadTaskLog(jobId, taskId);
        for (int i = events.size() - TaskEvent.current(events).size(); i < events.size(); i++) {
            if (events.get(i) instanceof OfFragment event) {
                fragments.add(new InLog(log, i, event));
            }
        }
    }

    /** Those of one attempt, for a merge. */
    public List<FragmentMerge.Stored> ofAttempt(int attempt) {
        return fragments.stream()
                .filter(fragment -> fragment.event().attempt() == attempt)
                .map(FragmentMerge.Stored.class::cast)
                .toList();
    }

    /** All of them, for a merge. */
    public List<FragmentMerge.Stored> stored() {
        return List.copyOf(fragments);
    }

    @Override
    public Iterator<Fragment> iterator() {
        return fragments.stream().map(InLog::load).iterator();
    }

    private record InLog(EventLog<TaskEvent> log, int sequence, OfFragment event) implements FragmentMerge.Stored {
        @Override
        public long firstOrdinal() {
            return event instanceof MappedInStore stored
                    ? stored.firstOrdinal()
                    : ((Mapped) event).fragment().firstOrdinal();
        }

        @Override
        public Fragment load() {
            return event instanceof Mapped mapped ? mapped.fragment() : ((Mapped) log.read(sequence)).fragment();
        }
    }
}
