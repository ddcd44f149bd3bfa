package io.segue.coordinator.restore;

import io.segue.coordinator.audit.PartitionAudit;
import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.jobs.JobHistory;
import io.segue.coordinator.topics.LostTopics;
import io.segue.protocol.job.Defect;
import io.segue.protocol.job.JobEvent.TopicReady;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Markers;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.job.TaskFragments;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Proves each partition from the task logs and the ends of the target's logs, and stores the verdicts. */
final class AuditPhase {
    static final String NAME = "audit.json";

    private static final String LEADERLESS =
            "the partition has no leader, so that nobody can tell what it holds: bring its brokers back";

    private final JobContext context;

    AuditPhase(JobContext context) {
        this.context = context;
    }

    /** What {@code audit.json} holds. */
    record AuditFile(int version, List<Verdict> partitions) {}

    List<Verdict> run(List<RestoreTask> tasks, Map<String, List<TaskEvent>> logs) {
        Map<String, TopicReady> ready = context.journal().history().ready();
        Map<String, String> lost = LostTopics.of(context.target(), ready.values());
        Map<TopicPartition, LogRange> ranges = ranges(tasks, lost.keySet());
        Map<TopicPartition, Verdict> settled = settled();
        List<Verdict> verdicts = new ArrayList<>();
        for (RestoreTask task : tasks) {
            TopicReady topic = ready.get(task.target().topic());
            if (topic == null) {
                throw new IllegalStateException(task.target() + " was not prepared");
            }
            long base = task.base(topic.bases().get(task.target().partition()));
            Verdict before = settled.get(task.target());
            String gone = lost.get(task.target().topic());
            LogRange range = ranges.get(task.target());
            if (gone != null) {
                verdicts.add(PartitionAudit.unproven(task, base, base, gone, Defect.topicLost()));
            } else if (before != null) {
                verdicts.add(before);
            } else if (range == null) {
                verdicts.add(PartitionAudit.unproven(task, base, base, LEADERLESS, null));
            } else {
                List<TaskEvent> events = logs.getOrDefault(task.id(), List.of());
                sayMarkers(events);
                verdicts.add(PartitionAudit.audit(
                        task,
                        base,
                        events,
                        new TaskFragments(context.jobs(), context.jobId(), task.id(), events),
                        range));
            }
        }
        context.jobs().writeDocument(context.jobId(), NAME, new AuditFile(1, verdicts));
        return verdicts;
    }

    /** One partition that cannot be asked must not keep the others from their proof. */
    private Map<TopicPartition, LogRange> ranges(List<RestoreTask> tasks, Set<String> lost) {
        List<TopicPartition> wanted = tasks.stream()
                .map(RestoreTask::target)
                .filter(partition -> !lost.contains(partition.topic()))
                .toList();
        Set<TopicPartition> led = context.target()
                .leaders(wanted.stream().map(TopicPartition::topic).collect(Collectors.toSet()))
                .keySet();
        return context.target().logRanges(wanted.stream().filter(led::contains).toList());
    }

    /** The peer's archives hold the ends of transactions, and what was aborted, as records. */
    private void sayMarkers(List<TaskEvent> events) {
        boolean dropped = context.file().restore().selected().dropMarkers();
        for (TaskEvent event : TaskEvent.current(events)) {
            if (event instanceof Sealed sealed && sealed.markers() != null) {
                Markers markers = sealed.markers();
                context.listener()
                        .said(markers.count() + " records, the first " + markers.first()
                                + ", have the form of a transaction's end"
                                + (markers.aborts() == 0
                                        ? ""
                                        : ", " + markers.aborts() + " of an aborted one's: records before them may"
                                                + " never have been meant to be read")
                                + (dropped
                                        ? "; they were left out"
                                        : "; they were restored, drop_transaction_markers: true leaves them out"));
            }
        }
    }

    /** Of topics that were thawed since: retention may delete what was proven, and the proof stands until a rebuild. */
    private Map<TopicPartition, Verdict> settled() {
        JobHistory history = context.journal().history();
        return context
                .jobs()
                .readDocument(context.jobId(), NAME, AuditFile.class)
                .map(AuditFile::partitions)
                .orElse(List.of())
                .stream()
                .filter(Verdict::proven)
                .filter(verdict ->
                        history.everThawed().contains(verdict.target().topic())
                                && !history.rebuilding().contains(verdict.target()))
                .collect(Collectors.toMap(Verdict::target, Function.identity()));
    }
}
