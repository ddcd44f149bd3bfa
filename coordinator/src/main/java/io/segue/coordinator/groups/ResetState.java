package io.segue.coordinator.groups;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.group.SnapshotStore;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The durable state of one reset, shard by shard:
 *
 * <pre>{@code
 * {shard}/snapshot.json  what the groups had committed before; never replaced
 *         snapshot-{n}.json  the same before they are reset again after the n-th rebuild
 *         reopened.json  groups that are reset again, and on which partitions
 *         plan.json      what each group is to get
 *         outcomes.json  what came of it
 * }</pre>
 */
public final class ResetState {
    private static final int MAX_SHARDS = 100_000;
    private static final long MAX_BYTES = 256L << 20;

    private final ObjectStore store;
    private final SnapshotStore snapshots;
    private final ObjectMapper json = JobJson.mapper();

    /** @param store a view of its own for each reset */
    public ResetState(ObjectStore store) {
        this.store = store;
        this.snapshots = new SnapshotStore(store);
    }

    /** What {@code outcomes.json} holds. */
    record OutcomesFile(int version, List<GroupLine> groups) {}

    public String describe() {
        return store.describe();
    }

    /** Shards that have begun, in order. */
    public List<Integer> shards() {
        return store.list("", 4 * MAX_SHARDS).stream()
                .map(ObjectStore.Listed::key)
                .filter(key -> key.matches("[0-9]{5}/snapshot\\.json"))
                .map(key -> Integer.parseInt(key.substring(0, 5)))
                .toList();
    }

    /** What the groups had committed before the shard's plan was first applied, or applied again after a rebuild. */
    public Optional<OffsetSnapshot> snapshot(int shard) {
        String key = snapshotKey(shard);
        return store.size(key).isPresent() ? Optional.of(snapshots.load(key)) : Optional.empty();
    }

    /** @return the snapshot that the shard has now: this one, or the one that was there before */
    OffsetSnapshot snapshotOnce(int shard, OffsetSnapshot taken) {
        return snapshots.saveOnce(snapshotKey(shard), taken);
    }

    String snapshotKey(int shard) {
        int order = reopened(shard).order();
        return key(shard, order == 0 ? "snapshot.json" : "snapshot-" + order + ".json");
    }

    /**
     * Groups that are reset again, only on these partitions.
     *
     * @param order of the rebuild that made it necessary, from 1; 0: none did
     */
    record Reopened(int version, int order, Map<String, List<TopicPartition>> groups) {
        static final String NAME = "reopened.json";
        static final Reopened NONE = new Reopened(1, 0, Map.of());
    }

    /**
     * Has groups whose positions stand in partitions that are rebuilt reset again, there and nowhere else, however far they
     * have read since. May be called again for one rebuild.
     *
     * @param order of the rebuild, from 1, rising
     */
    public void reopen(Set<TopicPartition> rebuilt, int order) {
        for (int shard : shards()) {
            List<GroupLine> lines = outcomes(shard);
            Set<String> complete = lines.stream()
                    .filter(GroupLine::complete)
                    .map(GroupLine::group)
                    .collect(Collectors.toSet());
            Map<String, List<TopicPartition>> before = reopened(shard).groups();
            Map<String, List<TopicPartition>> affected = new TreeMap<>();
            plan(shard).map(ResetPlan::groups).orElse(List.of()).forEach(group -> {
                boolean there = !group.refusals().isEmpty()
                        || group.commits().stream().anyMatch(commit -> rebuilt.contains(commit.target()));
                Set<TopicPartition> places = new TreeSet<>(rebuilt);
                if (complete.contains(group.groupId()) && there) {
                    affected.put(group.groupId(), List.copyOf(places));
                } else if (!complete.contains(group.groupId()) && before.containsKey(group.groupId())) {
                    places.addAll(before.getOrDefault(group.groupId(), List.of()));
                    affected.put(group.groupId(), List.copyOf(places));
                }
            });
            if (!affected.isEmpty()) {
                reopen(shard, lines, affected, order);
            }
        }
    }

    private void reopen(int shard, List<GroupLine> lines, Map<String, List<TopicPartition>> affected, int order) {
        Map<String, List<TopicPartition>> all = new TreeMap<>(reopened(shard).groups());
        all.putAll(affected);
        try {
            store.put(key(shard, Reopened.NAME), json.writeValueAsBytes(new Reopened(1, order, all)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is reset again cannot be written", e);
        }
        outcomes(
                shard,
                lines.stream()
                        .filter(line -> !affected.containsKey(line.group()))
                        .toList());
    }

    private Reopened reopened(int shard) {
        String key = key(shard, Reopened.NAME);
        return read(key)
                .map(content -> {
                    try {
                        return json.readValue(content, Reopened.class);
                    } catch (IOException e) {
                        throw new UncheckedIOException(key + " in " + describe() + " is damaged", e);
                    }
                })
                .orElse(Reopened.NONE);
    }

    /** What is left to commit of a group's plan: all of it, or after a rebuild what stands in the rebuilt partitions. */
    List<GroupPlan> toApply(int shard, List<GroupPlan> plans) {
        Map<String, List<TopicPartition>> narrowed = reopened(shard).groups();
        return plans.stream()
                .map(plan -> {
                    List<TopicPartition> places = narrowed.get(plan.groupId());
                    return places == null
                            ? plan
                            : plan.with(plan.commits().stream()
                                    .filter(commit -> places.contains(commit.target()))
                                    .toList());
                })
                .toList();
    }

    public Optional<ResetPlan> plan(int shard) {
        String key = key(shard, "plan.json");
        return read(key).map(content -> ResetPlanJson.read(key + " in " + describe(), content));
    }

    void plan(int shard, ResetPlan plan) {
        store.put(key(shard, "plan.json"), ResetPlanJson.write(plan));
    }

    /** What came of each group of a shard; empty before it has ended for the first time. */
    public List<GroupLine> outcomes(int shard) {
        String key = key(shard, "outcomes.json");
        return read(key)
                .map(content -> {
                    try {
                        return json.readValue(content, OutcomesFile.class).groups();
                    } catch (IOException e) {
                        throw new UncheckedIOException(key + " in " + describe() + " is damaged", e);
                    }
                })
                .orElse(List.of());
    }

    void outcomes(int shard, List<GroupLine> lines) {
        try {
            store.put(key(shard, "outcomes.json"), json.writeValueAsBytes(new OutcomesFile(1, lines)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("outcomes cannot be written", e);
        }
    }

    /** The lowest position in each target partition that any shard's plan asks for. */
    public Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> lowest = new TreeMap<>();
        for (int shard : shards()) {
            plan(shard)
                    .ifPresent(plan -> plan.groups()
                            .forEach(group -> group.commits()
                                    .forEach(commit -> lowest.merge(commit.target(), commit.offset(), Math::min))));
        }
        return lowest;
    }

    private Optional<byte[]> read(String key) {
        try {
            return Optional.of(store.read(key, MAX_BYTES));
        } catch (StoreException.NotFound e) {
            return Optional.empty();
        }
    }

    /** For messages and journals. */
    static String key(int shard, String name) {
        return String.format("%05d/%s", shard, name);
    }
}
