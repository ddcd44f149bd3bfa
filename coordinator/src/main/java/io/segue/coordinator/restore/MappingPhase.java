package io.segue.coordinator.restore;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Mapped;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.FragmentMerge;
import io.segue.protocol.mapping.MappedRange;
import io.segue.protocol.mapping.MappingDocument;
import io.segue.protocol.mapping.MappingText;
import io.segue.protocol.mapping.MergedMapping;
import io.segue.protocol.mapping.PartitionMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Merges the fragments of every proven partition into the mapping of the job, and stores it. */
final class MappingPhase {
    private final JobContext context;

    MappingPhase(JobContext context) {
        this.context = context;
    }

    List<PartitionMapping> run(List<RestoreTask> tasks, Map<String, List<TaskEvent>> logs, List<Verdict> verdicts) {
        Map<TopicPartition, Verdict> byTarget =
                verdicts.stream().collect(Collectors.toMap(Verdict::target, Function.identity()));
        List<PartitionMapping> mappings = new ArrayList<>();
        for (RestoreTask task : tasks) {
            Verdict verdict = byTarget.get(task.target());
            if (verdict != null && verdict.proven()) {
                mappings.addAll(merge(task, logs.getOrDefault(task.id(), List.of()), verdict.records()));
            }
        }
        mappings.sort(java.util.Comparator.comparing(PartitionMapping::source));
        String source = context.file().restore().sourceClusterId();
        context.jobs()
                .writeMapping(
                        context.jobId(),
                        new MappingDocument(
                                source.isEmpty() ? null : source,
                                context.file().restore().targetClusterId(),
                                context.limits().time().wallMillis(),
                                mappings));
        say(mappings);
        return mappings;
    }

    private static List<PartitionMapping> merge(RestoreTask task, List<TaskEvent> events, long count) {
        List<Fragment> fragments = events.stream()
                .filter(Mapped.class::isInstance)
                .map(event -> ((Mapped) event).fragment())
                .toList();
        MergedMapping merged = FragmentMerge.merge(task.target(), fragments, Optional.of(count));
        if (merged instanceof MergedMapping.Complete complete) {
            return complete.mappings();
        }
        throw new IllegalStateException(task.target() + " was proven, but its fragments are " + merged);
    }

    private void say(List<PartitionMapping> mappings) {
        List<MappedRange> ranges = mappings.stream()
                .flatMap(mapping -> MappedRange.of(mapping).stream())
                .toList();
        MappingText.lines(ranges).stream().limit(40).forEach(context.listener()::said);
        if (ranges.size() > 40) {
            context.listener()
                    .said("… and more: " + ranges.size() + " partitions in all; show-offset-mapping has them");
        }
    }
}
