package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.coordinator.groups.ResetPlan;
import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.coordinator.groups.ResetRegister;
import io.segue.coordinator.groups.ResetState;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A snapshot to go back to, and what resets have set since.
 *
 * @param undone by group; groups of which no reset is known are absent
 * @param resets ids of those resets
 */
record RollbackPoint(OffsetSnapshot snapshot, Map<String, GroupCommits> undone, List<String> resets) {
    /** The shards of a reset or of a job's reset, each with its own snapshot. */
    static List<RollbackPoint> of(String id, ResetState state) {
        List<RollbackPoint> points = new ArrayList<>();
        for (int shard : state.shards()) {
            Map<String, GroupCommits> set = new HashMap<>();
            state.plan(shard).map(ResetPlan::groups).orElse(List.of()).forEach(plan -> add(set, plan));
            points.add(new RollbackPoint(state.snapshot(shard).orElseThrow(), set, List.of(id)));
        }
        if (points.isEmpty()) {
            throw new StoreException.NotFound(state.describe() + " has no snapshot of " + id, null);
        }
        return points;
    }

    /** What is known of resets since a snapshot: in the named states, and on this machine. */
    static RollbackPoint of(OffsetSnapshot snapshot, Console console, List<ObjectStore> states) {
        Map<String, GroupCommits> set = new HashMap<>();
        List<String> ids = new ArrayList<>();
        String cluster = Optional.ofNullable(snapshot.clusterId()).orElse("");
        List<ObjectStore> places = new ArrayList<>(states);
        try (ObjectStore here = ResetApplication.local(console)) {
            places.add(here);
            for (ObjectStore place : places) {
                ResetRegister register = new ResetRegister(place);
                for (ResetRegister.Head head :
                        register.since(cluster, snapshot.createdAt().toEpochMilli())) {
                    if (!ids.contains(head.id())) {
                        ids.add(head.id());
                        addAll(set, register.state(head.id()), snapshot);
                    }
                }
            }
        }
        return new RollbackPoint(snapshot, set, ids);
    }

    private static void addAll(Map<String, GroupCommits> set, ResetState state, OffsetSnapshot snapshot) {
        for (int shard : state.shards()) {
            state.plan(shard).map(ResetPlan::groups).orElse(List.of()).stream()
                    .filter(plan -> snapshot.group(plan.groupId()).isPresent())
                    .forEach(plan -> add(set, plan));
        }
    }

    /** A later reset counts where both set a partition. */
    private static void add(Map<String, GroupCommits> set, GroupPlan plan) {
        Map<TopicPartition, Commit> commits = new TreeMap<>(Optional.ofNullable(set.get(plan.groupId()))
                .map(GroupCommits::commits)
                .orElse(Map.of()));
        commits.putAll(plan.wanted().commits());
        set.put(plan.groupId(), new GroupCommits(plan.groupId(), commits));
    }

    /** The state of a reset by its id, or of a job's reset by the job's. */
    static ResetState state(String id, OriginOptions origin, KnownJobs jobs, Console console) {
        if (id.startsWith("reset-")) {
            ObjectStore place = jobs.state(origin).orElseGet(() -> jobs.keep(ResetApplication.local(console)));
            return new ResetRegister(place).state(id);
        }
        return jobs.named(id, origin, Optional.empty())
                .map(found -> new ResetState(new JobStore(found.state()).below(id, "reset")))
                .orElseThrow(() -> new UnusableOptionException(
                        "job " + id + " is not found: say where its state is with" + " --state or --path"));
    }
}
