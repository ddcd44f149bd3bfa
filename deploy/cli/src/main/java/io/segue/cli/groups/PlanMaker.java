package io.segue.cli.groups;

import io.segue.coordinator.groups.GroupSnapshots;
import io.segue.coordinator.groups.NamePattern;
import io.segue.coordinator.groups.PlanOrigin;
import io.segue.coordinator.groups.RecordTimes;
import io.segue.coordinator.groups.ResetLimits;
import io.segue.coordinator.groups.ResetPlan;
import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.coordinator.groups.ResetPlanner;
import io.segue.coordinator.groups.SeenGroups;
import io.segue.coordinator.groups.TargetGroups;
import io.segue.coordinator.groups.TargetWorld;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.time.Time;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Makes plans from what was found: whole ones shard by shard, and those of a reset under way. */
final class PlanMaker {
    private final KafkaCluster target;
    private final ResetInputs inputs;
    private final Set<String> groups;
    private final TargetWorld world;
    private final RecordTimes times;
    private final Time time;

    PlanMaker(KafkaCluster target, List<String> servers, ResetInputs inputs, Time time) {
        this.target = target;
        this.inputs = inputs;
        this.time = time;
        this.groups = selected();
        this.world = TargetWorld.read(
                target,
                servers,
                inputs.request().targetTopics(currentTopics()),
                inputs.request().strategies().times());
        this.times = new RecordTimes(target);
    }

    private Set<String> selected() {
        Set<String> known = new TreeSet<>(inputs.request().source().groups().keySet());
        if (known.isEmpty()) {
            known.addAll(target.groupIds());
        }
        Set<String> chosen = NamePattern.select(inputs.groups(), known);
        if (chosen.isEmpty()) {
            throw new UnusableOptionException("no group matches "
                    + inputs.groups().stream().map(NamePattern::text).toList() + "; known are " + some(known));
        }
        return chosen;
    }

    private static String some(Collection<String> names) {
        List<String> first = names.stream().limit(10).toList();
        return first + (names.size() > first.size() ? " and " + (names.size() - first.size()) + " more" : "");
    }

    /** Strategies that choose a position look at the topics on which the groups have offsets now. */
    private Set<String> currentTopics() {
        Set<String> topics = new TreeSet<>();
        if (inputs.request().source().groups().isEmpty()
                && inputs.request().topics().isEmpty()) {
            List<String> ids = List.copyOf(groups);
            for (int from = 0; from < ids.size(); from += ResetLimits.SHARD) {
                target.commits(ids.subList(from, Math.min(ids.size(), from + ResetLimits.SHARD)))
                        .values()
                        .forEach(group -> group.commits().keySet().forEach(at -> topics.add(at.topic())));
            }
        }
        return topics;
    }

    Set<String> groups() {
        return groups;
    }

    PlanOrigin origin() {
        ResetInputs.Labels labels = inputs.labels();
        return new PlanOrigin(
                inputs.request().strategies().word(),
                time.wallMillis(),
                labels.backupId(),
                labels.jobId(),
                labels.sourceClusterId(),
                labels.commitsFrom(),
                labels.mappingFrom(),
                world.remembered(),
                List.of(Expiry.warning(target.brokerConfigs())));
    }

    /** The part of a plan that a shard of a reset applies. */
    ResetPlan plan(PlanOrigin origin, TargetGroups shard) {
        return new ResetPlan(origin, ResetPlanner.plan(inputs.request(), world, shard, shard.ids()));
    }

    /** All groups, so many at a time, with the times of the records that they will read next. */
    void each(Consumer<GroupPlan> taken) {
        List<String> ids = new ArrayList<>(groups);
        for (int from = 0; from < ids.size(); from += ResetLimits.SHARD) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + ResetLimits.SHARD));
            TargetGroups shard = SeenGroups.of(target, some).now(new GroupSnapshots(target, List.of(), time));
            List<GroupPlan> plans = ResetPlanner.plan(inputs.request(), world, shard, some);
            times.in(plans).forEach(taken);
        }
    }
}
