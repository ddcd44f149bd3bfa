package io.segue.coordinator.verification;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.protocol.job.CompareTask;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which partitions of a restore can be compared with the archive, and up to where. Pure. */
final class VerificationPlan {
    private VerificationPlan() {}

    /** Those that the restore proved; a log may have lost its end since. */
    static List<CompareTask> tasks(
            List<RestoreTask> restored, List<Verdict> verdicts, Map<TopicPartition, LogRange> logs) {
        Map<TopicPartition, Verdict> byTarget =
                verdicts.stream().collect(Collectors.toMap(Verdict::target, Function.identity()));
        List<CompareTask> tasks = new ArrayList<>();
        for (RestoreTask task : restored) {
            Verdict verdict = byTarget.get(task.target());
            LogRange log = logs.get(task.target());
            if (verdict != null && verdict.proven() && log != null) {
                tasks.add(new CompareTask(
                        task.id(),
                        task,
                        verdict.base(),
                        verdict.records(),
                        verdict.end(),
                        Math.min(verdict.end(), log.highWatermark())));
            }
        }
        return tasks;
    }
}
