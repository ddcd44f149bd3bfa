package io.segue.coordinator.plan;

import io.segue.protocol.config.RestoreConfig.MergeOrder;
import io.segue.protocol.config.RestoreConfig.Repartitioning;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.Input;
import io.segue.protocol.job.RestoreTask.Routing;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What flows into which target partition. Pure.
 *
 * <p>A topic whose partitions stay: each into the partition that the mapping says. A repartitioned topic with N partitions
 * into M: under the default partitioner source <i>p</i> and target <i>q</i> meet only if {@code p ≡ q (mod gcd(N, M))}, so
 * that each target partition reads only those.
 */
final class Flows {
    private final RestoreSpec spec;
    private final Map<TopicPartition, List<Input>> inputs = new TreeMap<>();
    private final Map<String, Integer> partitions = new TreeMap<>();

    Flows(RestoreSpec spec) {
        this.spec = spec;
    }

    void add(Manifest.Topic topic) {
        String target = spec.selected().target(topic.name());
        Repartitioning to = spec.placement().repartitioning().get(target);
        int needed = to == null ? topic.partitionCount() : to.partitions();
        for (Manifest.Partition partition : topic.partitions()) {
            if (!spec.selected().takes(partition.partitionId())) {
                continue;
            }
            if (to == null) {
                TopicPartition into = spec.selected().target(topic.at(partition));
                needed = Math.max(needed, 1 + into.partition());
                add(topic, partition, into, null);
            } else {
                spread(topic, partition, target, to);
            }
        }
        partitions.merge(target, needed, Math::max);
    }

    private void spread(Manifest.Topic topic, Manifest.Partition partition, String target, Repartitioning to) {
        int from = topic.partitionCount();
        if (from == to.partitions() && !to.anyPartitioner()) {
            add(topic, partition, new TopicPartition(target, partition.partitionId()), null);
            return;
        }
        Routing routing = new Routing(to.anyPartitioner() ? 0 : from, to.partitions());
        int step = to.partitions() / routing.spread();
        for (int q = partition.partitionId() % step; q < to.partitions(); q += step) {
            add(topic, partition, new TopicPartition(target, q), routing);
        }
    }

    private void add(
            Manifest.Topic topic, Manifest.Partition partition, TopicPartition into, @Nullable Routing routing) {
        if (partition.segments().isEmpty()) {
            return;
        }
        List<SegmentRef> segments = partition.segments().stream()
                .sorted(Comparator.comparingLong(Manifest.Segment::startOffset))
                .map(segment -> new SegmentRef(
                        segment.key(),
                        segment.startOffset(),
                        segment.endOffset(),
                        segment.recordCount(),
                        segment.compressedSize()))
                .toList();
        inputs.computeIfAbsent(into, key -> new ArrayList<>())
                .add(new Input(topic.at(partition), segments, routing, List.of()));
    }

    /** Partitions that each target topic needs. */
    Map<String, Integer> partitions() {
        return partitions;
    }

    /**
     * One task for each target partition that anything flows into.
     *
     * @param commits of the groups, for the order in which several inputs are merged
     */
    List<RestoreTask> tasks(Collection<CommitVector> commits) {
        List<RestoreTask> tasks = new ArrayList<>();
        inputs.forEach((target, into) -> tasks.add(task(target, ordered(into, commits))));
        return tasks;
    }

    private List<Input> ordered(List<Input> into, Collection<CommitVector> commits) {
        List<Input> sorted =
                into.stream().sorted(Comparator.comparing(Input::source)).toList();
        if (sorted.size() == 1 || spec.placement().order() == MergeOrder.TIMESTAMP) {
            return sorted;
        }
        CutChain chain = CutChain.of(sorted.stream().map(Input::source).toList(), commits);
        List<Input> cut = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            Input input = sorted.get(i);
            cut.add(new Input(input.source(), input.segments(), input.routing(), chain.of(i)));
        }
        return cut;
    }

    private static RestoreTask task(TopicPartition target, List<Input> into) {
        List<SegmentRef> segments =
                into.stream().flatMap(input -> input.segments().stream()).toList();
        return new RestoreTask(
                target.topic() + "-" + target.partition(),
                into,
                target,
                null,
                into.stream().mapToLong(Flows::share).sum(),
                segments.stream().mapToLong(SegmentRef::size).sum());
    }

    private static long share(Input input) {
        long records =
                input.segments().stream().mapToLong(SegmentRef::recordCount).sum();
        return input.routing() == null ? records : records / input.routing().spread();
    }
}
