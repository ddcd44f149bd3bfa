package io.segue.coordinator.groups;

import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.coordinator.groups.ResetPlan.PlannedCommit;
import io.segue.coordinator.groups.ResetPlan.Refusal;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Is the world still the one that a stored plan was made for? Pure. A group on a topic is refused where the topic is another
 * one, where its log has lost what it had, or where the group has committed since; records that came in addition harm
 * nothing.
 */
public final class PlanCheck {
    private final PlanOrigin.World then;
    private final TargetWorld now;

    public PlanCheck(PlanOrigin.World then, TargetWorld now) {
        this.then = then;
        this.now = now;
    }

    /** Why nothing of the plan may be done here; empty if it may. */
    public Optional<String> wrongCluster() {
        return then.clusterId().equals(now.clusterId())
                ? Optional.empty()
                : Optional.of("the plan was made for cluster " + then.clusterId() + " ("
                        + String.join(",", then.bootstrapServers()) + "), this is cluster " + now.clusterId());
    }

    /** The plans without what must not be done any more; that stands in their refusals. */
    public List<GroupPlan> checked(List<GroupPlan> plans, TargetGroups groups) {
        return plans.stream().map(plan -> checked(plan, groups)).toList();
    }

    private GroupPlan checked(GroupPlan plan, TargetGroups groups) {
        String denied = groups.denied().get(plan.groupId());
        if (denied != null) {
            return new GroupPlan(
                    plan.groupId(), plan.standing(), List.of(), List.of(new Refusal(null, denied)), plan.notes());
        }
        Map<TopicPartition, Commit> committed = groups.current()
                .group(plan.groupId())
                .map(found -> found.commits())
                .orElse(Map.of());
        Map<String, String> refused = new TreeMap<>();
        for (PlannedCommit commit : plan.commits()) {
            String topic = commit.target().topic();
            if (!refused.containsKey(topic)) {
                String why = changed(commit, committed.get(commit.target()));
                if (why != null) {
                    refused.put(topic, why);
                }
            }
        }
        if (refused.isEmpty()) {
            return plan;
        }
        List<Refusal> refusals = new ArrayList<>(plan.refusals());
        refused.forEach((topic, why) -> refusals.add(new Refusal(topic, why + "; make a new plan")));
        return new GroupPlan(
                plan.groupId(),
                plan.standing(),
                plan.commits().stream()
                        .filter(commit -> !refused.containsKey(commit.target().topic()))
                        .toList(),
                refusals,
                plan.notes());
    }

    private @Nullable String changed(PlannedCommit commit, @Nullable Commit current) {
        TopicPartition place = commit.target();
        Topic topic = now.topics().get(place.topic());
        LogRange log = now.logs().get(place);
        LogRange before = then.logs().get(place);
        if (topic == null || log == null) {
            return place + " does not exist any more";
        }
        if (!topic.topicId().equals(then.topicIds().get(place.topic()))) {
            return "the topic was deleted and made again since the plan was made";
        }
        if (log.start() > commit.offset()) {
            return place + ": records were deleted up to " + log.start() + ", the plan goes to " + commit.offset();
        }
        if (before == null || log.highWatermark() < before.highWatermark()) {
            return place + ": the log ends at " + log.highWatermark() + ", it ended at "
                    + (before == null ? "?" : before.highWatermark()) + " when the plan was made";
        }
        Long found = current == null ? null : current.offset();
        boolean asThen = Objects.equals(found, commit.current());
        boolean asPlanned = found != null && found == commit.offset();
        return asThen || asPlanned
                ? null
                : place + ": had " + (commit.current() == null ? "no offset" : commit.current())
                        + " when the plan was made, has " + (found == null ? "no offset" : found);
    }
}
