package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.jobs.LocalJobs;
import io.segue.coordinator.groups.GroupLine;
import io.segue.coordinator.groups.GroupSnapshots;
import io.segue.coordinator.groups.NamePattern;
import io.segue.coordinator.groups.PlanCheck;
import io.segue.coordinator.groups.PlanOrigin;
import io.segue.coordinator.groups.ResetId;
import io.segue.coordinator.groups.ResetLimits;
import io.segue.coordinator.groups.ResetPlan;
import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.coordinator.groups.ResetPlanJson;
import io.segue.coordinator.groups.ResetRegister;
import io.segue.coordinator.groups.ResetRun;
import io.segue.coordinator.groups.ResetRun.Shard;
import io.segue.coordinator.groups.SeenGroups;
import io.segue.coordinator.groups.TargetGroups;
import io.segue.coordinator.groups.TargetWorld;
import io.segue.coordinator.preflight.Finding;
import io.segue.coordinator.preflight.GroupsPreflight;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.store.FileStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.time.Time;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a reset on one cluster: of a stored plan, or of one that is made on the way. */
final class ResetApplication {
    private final Console console;
    private final KafkaCluster target;
    private final ResetLimits limits;

    ResetApplication(Console console, KafkaCluster target, ResetLimits limits) {
        this.console = console;
        this.target = target;
        this.limits = limits;
    }

    /** What came of it. */
    record Result(String id, PlanOrigin origin, List<GroupLine> groups, long millis) {}

    /** Where a reset that nothing else places keeps its state: on this machine. */
    static ObjectStore local(Console console) {
        return new FileStore(LocalJobs.home(console.environment()));
    }

    static ResetPlanJson.Reader open(Path plan) {
        try {
            return new ResetPlanJson.Reader(plan.toString(), new BufferedInputStream(Files.newInputStream(plan)));
        } catch (IOException e) {
            throw new UnusableOptionException("--plan " + plan + " cannot be read: " + e);
        }
    }

    /** What is done with the groups of a reset: it is made, or only shown. */
    interface Ending<T> {
        T of(String id, PlanOrigin origin, Iterator<Shard> shards);
    }

    /**
     * Of a stored plan, against the cluster as it is now.
     *
     * @param only these of its groups; empty: all
     */
    <T> T ofPlan(Path plan, List<NamePattern> only, Ending<T> ending) {
        PlanOrigin origin;
        ResetId id;
        List<String> groups = new ArrayList<>();
        try (ResetPlanJson.Reader reader = open(plan)) {
            origin = reader.origin();
            id = new ResetId(origin.world().clusterId()).origin(origin);
            reader.forEachRemaining(group -> {
                id.group(group);
                if (PlannedShards.wants(only, group)) {
                    groups.add(group.groupId());
                }
            });
        }
        Set<String> topics = origin.world().topicIds().keySet();
        TargetWorld now = TargetWorld.read(target, origin.world().bootstrapServers(), topics, Set.of());
        PlanCheck check = new PlanCheck(origin.world(), now);
        check.wrongCluster().ifPresent(why -> {
            throw new UnusableOptionException(why);
        });
        preflight(groups, topics);
        try (ResetPlanJson.Reader reader = open(plan)) {
            return ending.of(id.text(), origin, new PlannedShards(reader, only, check));
        }
    }

    /**
     * Of a plan that is made on the way.
     *
     * @param again a reset of its own, also if the same was made before
     */
    <T> T ofRequest(PlanMaker maker, ResetInputs inputs, boolean again, Ending<T> ending) {
        PlanOrigin origin = maker.origin();
        boolean repeatable = !inputs.request().source().groups().isEmpty()
                && !inputs.labels().mappingFrom().isEmpty();
        ResetId id = new ResetId(origin.world().clusterId());
        String text = repeatable && !again
                ? id.request(inputs.request(), origin, maker.groups()).text()
                : id.origin(origin).text();
        preflight(maker.groups(), origin.world().topicIds().keySet());
        return ending.of(text, origin, ResetRun.shards(maker.groups(), shard -> maker.plan(origin, shard)));
    }

    /** What somebody should know before anything is changed. */
    private void preflight(Collection<String> groups, Collection<String> topics) {
        Finding.lines(new GroupsPreflight(target).of(groups, topics), Finding.Verdict.WARN)
                .forEach(line -> console.note("Preflight: " + line));
    }

    /** Shows what would be committed now, and what would not; nothing is stored or changed. */
    ExitCode preview(PlanOrigin origin, Iterator<Shard> shards) {
        PlanTally tally = new PlanTally();
        GroupSnapshots snapshots = new GroupSnapshots(target, List.of(), limits.time());
        try (PlanFormats.Sink shown = PlanFormats.sink(
                console.json() ? PlanFormats.Format.JSON : PlanFormats.Format.TEXT, console.out(), origin)) {
            while (shards.hasNext()) {
                Shard shard = shards.next();
                TargetGroups now = SeenGroups.of(target, shard.groups()).now(snapshots);
                shard.planner().apply(now).groups().forEach(group -> {
                    shown.group(group);
                    tally.group(group);
                });
            }
        }
        return tally.exitCode();
    }

    /** @param store where its state is kept */
    Result run(String id, PlanOrigin origin, Iterator<Shard> shards, ObjectStore store) {
        Time time = limits.time();
        long begun = time.nanos();
        ResetRegister register = new ResetRegister(store);
        register.begin(new ResetRegister.Head(1, id, origin.world().clusterId(), origin.strategy(), time.wallMillis()));
        console.note("Reset " + id + ": its snapshot, plan and outcomes are in "
                + register.state(id).describe());
        ResetRun run = new ResetRun(target, register.state(id), limits, new Told(), id);
        List<GroupLine> lines = run.run(shards);
        return new Result(id, origin, lines, (time.nanos() - begun) / 1_000_000);
    }

    /** The groups of a stored plan, checked against the world, so many at a time. */
    private static final class PlannedShards implements Iterator<Shard> {
        private final Iterator<GroupPlan> plans;
        private final PlanOrigin origin;
        private final List<NamePattern> only;
        private final PlanCheck check;
        private int number;
        private List<GroupPlan> next;

        PlannedShards(ResetPlanJson.Reader reader, List<NamePattern> only, PlanCheck check) {
            this.plans = reader;
            this.origin = reader.origin();
            this.only = only;
            this.check = check;
            this.next = some();
        }

        static boolean wants(List<NamePattern> only, GroupPlan plan) {
            return only.isEmpty() || only.stream().anyMatch(pattern -> pattern.matches(plan.groupId()));
        }

        private List<GroupPlan> some() {
            List<GroupPlan> some = new ArrayList<>();
            while (some.size() < ResetLimits.SHARD && plans.hasNext()) {
                GroupPlan plan = plans.next();
                if (wants(only, plan)) {
                    some.add(plan);
                }
            }
            return some;
        }

        @Override
        public boolean hasNext() {
            return !next.isEmpty();
        }

        @Override
        public Shard next() {
            List<GroupPlan> taken = next;
            next = some();
            return new Shard(
                    number++,
                    taken.stream().map(GroupPlan::groupId).toList(),
                    groups -> new ResetPlan(origin, check.checked(taken, groups)));
        }
    }

    private final class Told implements ResetRun.Listener {
        private int groups;

        @Override
        public void snapshotTaken(String key, int count) {
            groups += count;
        }

        @Override
        public void ended(int shard, List<GroupLine> lines) {
            if (shard > 0 || lines.size() == ResetLimits.SHARD) {
                console.note(groups + " groups so far");
            }
        }
    }

    /** Empty if nothing places it. */
    static ObjectStore place(Console console, Optional<ObjectStore> known) {
        return known.orElseGet(() -> local(console));
    }
}
