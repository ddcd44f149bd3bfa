package io.segue.cli.restore;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What to do about partitions that are not proven. Pure. */
final class NextSteps {
    private static final int MOST = 20;

    private NextSteps() {}

    static List<String> of(String jobId, List<Verdict> partitions) {
        List<String> steps = new ArrayList<>();
        if (partitions.stream().anyMatch(verdict -> !verdict.complete() && verdict.defect() == null)) {
            steps.add("When the cause is mended: kafka-backup resume " + jobId);
        }
        List<String> broken = partitions.stream()
                .filter(verdict -> !verdict.proven() && verdict.defect() != null)
                .map(verdict -> verdict.target().topic())
                .toList();
        if (!broken.isEmpty()) {
            steps.add(anew(broken));
        }
        return steps;
    }

    /** @param topics of the target, as often as they come */
    static String anew(Collection<String> topics) {
        List<String> each = topics.stream().distinct().sorted().toList();
        return "Trying again does not repair " + String.join(", ", each.subList(0, Math.min(MOST, each.size())))
                + (each.size() > MOST ? " (and " + (each.size() - MOST) + " more)" : "")
                + ": delete the topic on the target, and restore it by a job of its own (target.topics.include)";
    }
}
