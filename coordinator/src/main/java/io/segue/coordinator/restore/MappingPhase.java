package io.segue.coordinator.restore;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.mapping.StoredMappings;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskFragments;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.FragmentMerge;
import io.segue.protocol.mapping.MappedRange;
import io.segue.protocol.mapping.MappingDocument;
import io.segue.protocol.mapping.MappingText;
import io.segue.protocol.mapping.Merged;
import io.segue.protocol.mapping.OffsetMapping;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Merges the fragments of every proven partition into the mapping of the job, and stores it: few runs in the document, many
 * in an indexed file for each target partition, which lookups read in pieces.
 */
final class MappingPhase {
    private static final int SHOWN = 40;

    private final JobContext context;

    MappingPhase(JobContext context) {
        this.context = context;
    }

    List<OffsetMapping> run(List<RestoreTask> tasks, Map<String, List<TaskEvent>> logs, List<Verdict> verdicts) {
        Map<TopicPartition, Verdict> byTarget =
                verdicts.stream().collect(Collectors.toMap(Verdict::target, Function.identity()));
        List<OffsetMapping> mappings = new ArrayList<>();
        for (RestoreTask task : tasks) {
            Verdict verdict = byTarget.get(task.target());
            if (verdict != null && verdict.proven()) {
                mappings.addAll(merge(task, logs.getOrDefault(task.id(), List.of()), verdict.records()));
            }
        }
        mappings.sort(Comparator.comparing(OffsetMapping::source).thenComparing(OffsetMapping::target));
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

    private List<? extends OffsetMapping> merge(RestoreTask task, List<TaskEvent> events, long count) {
        TaskFragments fragments = new TaskFragments(context.jobs(), context.jobId(), task.id(), events);
        return new StoredMappings(context.jobs(), context.jobId()).keep(task.id(), task.target(), sink -> {
            Merged merged = FragmentMerge.merge(fragments.stored(), OptionalLong.of(count), sink);
            if (!(merged instanceof Merged.Complete)) {
                throw new IllegalStateException(task.target() + " was proven, but its fragments are " + merged);
            }
            return true;
        });
    }

    private void say(List<OffsetMapping> mappings) {
        List<MappedRange> ranges = mappings.stream()
                .flatMap(mapping -> MappedRange.of(mapping).stream())
                .toList();
        MappingText.lines(ranges).stream().limit(SHOWN).forEach(context.listener()::said);
        if (ranges.size() > SHOWN) {
            context.listener()
                    .said("… and more: " + Units.count(ranges.size(), "partition")
                            + " in all; show-offset-mapping has them");
        }
    }
}
