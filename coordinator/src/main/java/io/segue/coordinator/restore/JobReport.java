package io.segue.coordinator.restore;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.coordinator.groups.GroupLine;
import io.segue.protocol.job.DeliveryChoice;
import io.segue.protocol.job.JobState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What became of a job: stored as {@code report.json}, printed at its end.
 *
 * @param failures place and reason of what failed, in words
 * @param keptFrozen topics that keep the job's configs, and why
 * @param delivery how records got to the target
 * @param warnings what somebody may want to see to though all went as asked
 */
public record JobReport(
        String jobId,
        JobState state,
        long records,
        List<Verdict> partitions,
        List<String> failures,
        List<GroupLine> groups,
        Map<String, String> keptFrozen,
        List<String> warnings,
        DeliveryChoice delivery,
        long millis) {
    public JobReport {
        // reports of before there was a choice
        delivery = Objects.requireNonNullElse(delivery, DeliveryChoice.FENCED);
    }

    /** Why a topic stays frozen that could be thawed. */
    public static final String KEPT_ON_REQUEST = "--keep-frozen was given";

    /** How the reason begins why a topic stays frozen though it should be thawed. */
    public static final String THAW_FAILED = "its configs could not be set: ";

    /** Why a topic stays frozen whatever {@code thaw} is told. */
    public static final String NOT_COMPLETE = "its data is not complete";

    /** The same after a later thaw. */
    JobReport thawed(JobState now, Map<String, String> frozen, List<String> more) {
        List<String> all =
                Stream.concat(warnings.stream(), more.stream()).distinct().toList();
        return new JobReport(
                jobId, now, records, partitions, failures, groups, new TreeMap<>(frozen), all, delivery, millis);
    }

    /** How records were delivered, what that guarantees, and why it was chosen. */
    public static String words(DeliveryChoice choice) {
        String why = choice.evidence().isEmpty() ? "" : " (" + String.join("; ", choice.evidence()) + ")";
        return choice.mode().word() + ": " + choice.mode().guarantee() + why;
    }

    public long proven() {
        return partitions.stream().filter(Verdict::proven).count();
    }

    /** True if every group that was asked for is as planned. */
    public boolean resetsComplete() {
        return groups.stream().allMatch(GroupLine::complete);
    }
}
