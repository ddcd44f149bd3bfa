package io.segue.coordinator.scan;

import io.segue.protocol.job.ScanTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Done;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskFragments;
import io.segue.protocol.job.TaskResult;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.FragmentMerge;
import io.segue.protocol.mapping.Merged;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.mapping.RunSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one target partition out of the stretches that tasks read, in the order of the log. Across the border of two
 * stretches source offsets must rise as within one. Used once.
 */
final class ScanPartitionMerge {
    private final RunSink sink;
    private final Map<TopicPartition, Run> pending = new HashMap<>();
    private final TreeSet<String> clusters = new TreeSet<>();
    private long records;
    private long unmarked;
    private long unnamed;
    private @Nullable String problem;

    /** @param sink worth nothing if there is a {@link #problem} in the end */
    ScanPartitionMerge(RunSink sink) {
        this.sink = sink;
    }

    /** Takes what an earlier scan found before the first stretch. */
    void earlier(TopicPartition source, Run run) {
        add(source, run);
        records += run.length();
    }

    /** Takes the next stretch. */
    void stretch(ScanTask task, List<TaskEvent> events, TaskFragments fragments) {
        Optional<Done> done = events.stream()
                .filter(event -> event instanceof Done end && end.result() instanceof TaskResult.Scanned)
                .map(Done.class::cast)
                .findFirst();
        if (done.isEmpty()) {
            found("target offsets " + task.from() + " to " + (task.to() - 1) + " were not read: " + why(events));
            return;
        }
        TaskResult.Scanned result = (TaskResult.Scanned) done.get().result();
        records += result.records();
        unmarked += result.unmarked();
        unnamed += result.unnamed();
        clusters.addAll(result.clusters());
        String contradiction = result.problem();
        if (contradiction != null) {
            found(contradiction);
        } else if (problem == null) {
            merge(task, fragments.ofAttempt(done.get().attempt()), result.records());
        }
    }

    /** Only what the attempt that finished found: the log may have lost records since an earlier one read it. */
    private void merge(ScanTask task, List<FragmentMerge.Stored> fragments, long count) {
        Merged merged = FragmentMerge.merge(fragments, OptionalLong.of(count), this::add);
        if (!(merged instanceof Merged.Complete)) {
            found("the fragments of task " + task.id() + " do not fit together: " + merged);
        }
    }

    private void add(TopicPartition source, Run run) {
        Run before = pending.get(source);
        if (before != null && run.source() < before.sourceEnd()) {
            found("at target offset " + run.target() + " stands source offset " + run.source() + " of " + source
                    + ", after " + (before.sourceEnd() - 1)
                    + ": a record is there twice, or two histories are in one partition");
        } else if (before != null && before.continuedBy(run)) {
            pending.put(source, before.joined(run));
        } else {
            if (before != null) {
                sink.add(source, before);
            }
            pending.put(source, run);
        }
    }

    private void found(String contradiction) {
        if (problem == null) {
            problem = contradiction;
        }
    }

    private static String why(List<TaskEvent> events) {
        return events.stream()
                .filter(Failed.class::isInstance)
                .map(event -> ((Failed) event).inWords())
                .reduce((first, second) -> second)
                .orElse("nobody read them");
    }

    /** Passes the last runs on. */
    void end() {
        pending.entrySet().stream()
                .sorted(java.util.Comparator.comparingLong(
                        entry -> entry.getValue().target()))
                .forEach(entry -> sink.add(entry.getKey(), entry.getValue()));
        pending.clear();
    }

    /** The names that its records give of their cluster; {@code ""} for none. */
    Set<String> clusters() {
        return clusters;
    }

    ScanReport.Scanned standing(TopicPartition target, long nextOffset) {
        return new ScanReport.Scanned(target, records, unmarked, unnamed, nextOffset, problem);
    }
}
