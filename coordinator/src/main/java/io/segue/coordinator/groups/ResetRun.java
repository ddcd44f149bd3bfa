package io.segue.coordinator.groups;

import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.Group;
import io.segue.protocol.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A reset of any number of groups, shard by shard; memory holds one shard. For each:
 *
 * <ol>
 *   <li>a complete snapshot of what its groups have committed is stored, unless one is there (R7);
 *   <li>the plan for that world is made, or checked against it, and stored;
 *   <li>{@link GroupReset} applies it;
 *   <li>what came of each group is stored.
 * </ol>
 *
 * Groups that were blocked by their members are tried again at the end, for as long as the limits allow. A run that dies
 * anywhere is finished by another with the same state: groups that were complete are not touched again, whatever their
 * consumers have done since.
 */
public final class ResetRun {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final String BLOCKED = new GroupOutcome.Blocked("", "", List.of()).word();

    private final KafkaCluster cluster;
    private final ResetState state;
    private final ResetLimits limits;
    private final Listener listener;
    private final String id;

    /** @param id of the reset or its job; snapshots carry it */
    public ResetRun(KafkaCluster cluster, ResetState state, ResetLimits limits, Listener listener, String id) {
        this.cluster = cluster;
        this.state = state;
        this.limits = limits;
        this.listener = listener;
        this.id = id;
    }

    /** Hears how far a reset is. */
    public interface Listener {
        /** A shard's snapshot is stored; nothing of it is changed yet. */
        void snapshotTaken(String key, int groups);

        /** A shard has ended. */
        void ended(int shard, List<GroupLine> groups);
    }

    /**
     * What to do with some groups.
     *
     * @param planner called once the snapshot is stored
     */
    public record Shard(int number, List<String> groups, Function<TargetGroups, ResetPlan> planner) {}

    /** Cuts a selection of groups into shards. */
    public static Iterator<Shard> shards(Collection<String> groups, Function<TargetGroups, ResetPlan> planner) {
        List<String> ids = List.copyOf(new TreeSet<>(groups));
        List<Shard> shards = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += ResetLimits.SHARD) {
            shards.add(new Shard(
                    shards.size(), ids.subList(from, Math.min(ids.size(), from + ResetLimits.SHARD)), planner));
        }
        return shards.iterator();
    }

    /** @return one line for each group, shard by shard */
    public List<GroupLine> run(Iterator<Shard> shards) {
        Time time = limits.time();
        long until = time.nanos() + limits.waitForMembers().toNanos();
        Map<Integer, List<GroupLine>> lines = new TreeMap<>();
        while (shards.hasNext()) {
            Shard shard = shards.next();
            lines.put(shard.number(), first(shard));
        }
        while (lines.values().stream().anyMatch(ResetRun::blocked)
                && time.nanos() - until < 0
                && limits.pause(LOOK_AGAIN)) {
            lines.replaceAll((shard, before) -> blocked(before) ? again(shard, before) : before);
        }
        return lines.values().stream().flatMap(List::stream).toList();
    }

    private static boolean blocked(List<GroupLine> lines) {
        return lines.stream().anyMatch(line -> line.outcome().equals(BLOCKED));
    }

    private List<GroupLine> first(Shard shard) {
        Map<String, Group> standing = cluster.groups(shard.groups());
        OffsetSnapshot before = state.snapshot(shard.number()).orElseGet(() -> take(shard, standing));
        listener.snapshotTaken(
                state.snapshotKey(shard.number()), before.groups().size());
        ResetPlan plan = shard.planner().apply(new TargetGroups(before, standing));
        state.plan(shard.number(), plan);
        return apply(shard.number(), plan, before, state.outcomes(shard.number()));
    }

    /** Share groups commit no offsets: there is nothing of them to save, and nothing will be changed. */
    private OffsetSnapshot take(Shard shard, Map<String, Group> standing) {
        List<String> ids = shard.groups().stream()
                .filter(group -> !Optional.ofNullable(standing.get(group))
                        .map(Group::type)
                        .orElse("")
                        .equals("share"))
                .toList();
        OffsetSnapshot taken =
                new GroupSnapshots(cluster, List.of(), limits.time()).take(ids, id, "before the reset of " + id);
        return state.snapshotOnce(shard.number(), taken);
    }

    private List<GroupLine> again(int shard, List<GroupLine> before) {
        return apply(
                shard, state.plan(shard).orElseThrow(), state.snapshot(shard).orElseThrow(), before);
    }

    private List<GroupLine> apply(int shard, ResetPlan plan, OffsetSnapshot before, List<GroupLine> earlier) {
        Map<String, GroupLine> lines = earlier.stream()
                .filter(GroupLine::complete)
                .collect(Collectors.toMap(GroupLine::group, line -> line, (a, b) -> b, TreeMap::new));
        List<GroupPlan> open = state.toApply(
                shard,
                plan.groups().stream()
                        .filter(group -> !lines.containsKey(group.groupId()))
                        .toList());
        new GroupReset(cluster, limits)
                .apply(open, before)
                .forEach(outcome -> lines.put(outcome.groupId(), GroupLine.of(outcome)));
        List<GroupLine> all = List.copyOf(lines.values());
        state.outcomes(shard, all);
        listener.ended(shard, all);
        return all;
    }
}
