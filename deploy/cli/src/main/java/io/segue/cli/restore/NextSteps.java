package io.segue.cli.restore;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.protocol.job.Defect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What to do about partitions that are not proven, as commands. Pure. */
final class NextSteps {
    private static final int MOST = 20;

    private NextSteps() {}

    static List<String> of(String jobId, List<Verdict> partitions) {
        List<String> steps = new ArrayList<>();
        if (partitions.stream().anyMatch(verdict -> !verdict.proven() && verdict.defect() == null)) {
            steps.add("When the cause is mended: kafka-backup resume " + jobId);
        }
        Map<String, Set<String>> rebuilds = new LinkedHashMap<>();
        for (Verdict verdict : partitions) {
            Defect defect = verdict.defect();
            if (defect != null && !verdict.proven()) {
                boolean whole = defect.kind() == Defect.Kind.TOPIC_LOST || defect.kind() == Defect.Kind.TAKEN;
                String topic = verdict.target().topic();
                rebuilds.computeIfAbsent(before(defect.kind(), topic), key -> new TreeSet<>())
                        .add(whole ? topic : topic + ":" + verdict.target().partition());
            }
        }
        rebuilds.forEach((before, places) -> {
            String some = String.join(",", places.stream().limit(MOST).toList());
            steps.add(before + "kafka-backup retry " + jobId + " --rebuild " + some
                    + (places.size() > MOST ? " (and " + (places.size() - MOST) + " more)" : ""));
        });
        return steps;
    }

    private static String before(Defect.Kind kind, String topic) {
        return kind == Defect.Kind.TAKEN
                ? "To keep the source's offsets, delete topic " + topic + ", then: "
                : "To repair it, what stands there is deleted and restored again: ";
    }
}
