package io.segue.protocol.mapping;

import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A mapping whose runs are at hand. */
public record PartitionMapping(TopicPartition source, TopicPartition target, List<Run> runs) implements OffsetMapping {
    public PartitionMapping {
        runs = List.copyOf(runs);
        for (int i = 1; i < runs.size(); i++) {
            Run before = runs.get(i - 1);
            Run run = runs.get(i);
            if (run.source() < before.sourceEnd() || run.target() < before.targetEnd()) {
                throw new IllegalArgumentException(
                        "mapping " + source + " → " + target + ": " + run + " does not follow " + before);
            }
        }
    }

    /** The runs of each source partition that a sink was given. */
    public static final class Collector implements RunSink {
        private final java.util.Map<TopicPartition, List<Run>> bySource = new java.util.TreeMap<>();

        @Override
        public void add(TopicPartition source, Run run) {
            bySource.computeIfAbsent(source, key -> new ArrayList<>()).add(run);
        }

        /** One mapping for each source partition, in their order. */
        public List<PartitionMapping> into(TopicPartition target) {
            return bySource.entrySet().stream()
                    .map(entry -> new PartitionMapping(entry.getKey(), target, entry.getValue()))
                    .toList();
        }
    }

    @Override
    public long records() {
        return runs.stream().mapToLong(Run::length).sum();
    }

    @Override
    public Optional<Run> first() {
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(0));
    }

    @Override
    public Optional<Run> last() {
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
    }

    @Override
    public Optional<Run> reaching(long sourceOffset) {
        int low = 0;
        int high = runs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (runs.get(middle).sourceEnd() > sourceOffset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == runs.size() ? Optional.empty() : Optional.of(runs.get(low));
    }

    @Override
    public long recordsBelow(long sourceOffset) {
        return runs.stream().mapToLong(run -> run.recordsBelow(sourceOffset)).sum();
    }

    @Override
    public long recordsBelowTarget(long targetOffset) {
        return runs.stream()
                .mapToLong(run -> run.recordsBelowTarget(targetOffset))
                .sum();
    }
}
