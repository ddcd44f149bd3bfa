package io.segue.protocol.job;

import io.segue.protocol.kafka.TopicPartition;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One target partition and all that flows into it. The order in which the records of several inputs are appended is a pure
 * function of the task.
 *
 * @param id unique in the job; part of storage keys
 * @param inputs at least one, in the order of their source partitions
 * @param preserve how records keep their source offsets; null: they go one after another behind the log's end
 * @param records of the segments, before any window; of what is routed its share
 * @param bytes stored size of the segments
 */
public record RestoreTask(
        String id,
        List<Input> inputs,
        TopicPartition target,
        @Nullable Preserve preserve,
        long records,
        long bytes) implements JobTask {
    public RestoreTask {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("task " + id + " has no input");
        }
        if (preserve != null && inputs.size() > 1) {
            throw new IllegalArgumentException("task " + id + " cannot keep the offsets of several inputs");
        }
    }

    /** A task that one source partition flows into as a whole. */
    public static RestoreTask of(
            String id,
            TopicPartition source,
            TopicPartition target,
            List<SegmentRef> segments,
            long records,
            long bytes) {
        return new RestoreTask(id, List.of(new Input(source, segments, null, List.of())), target, null, records, bytes);
    }

    @Override
    public long weight() {
        return bytes;
    }

    /**
     * Where the task's records begin.
     *
     * @param logEnd log end of the target partition before the job
     */
    public long base(long logEnd) {
        return preserve == null ? logEnd : preserve.from();
    }

    /** Stored segments of all inputs. */
    public int segmentCount() {
        return inputs.stream().mapToInt(input -> input.segments().size()).sum();
    }

    /** The source partitions, in order. */
    public List<TopicPartition> sources() {
        return inputs.stream().map(Input::source).toList();
    }

    /** Source partitions as messages name them. */
    public static String words(List<TopicPartition> sources) {
        return sources.size() <= 3
                ? String.join(
                        " + ", sources.stream().map(TopicPartition::toString).toList())
                : sources.get(0) + " and " + (sources.size() - 1) + " more";
    }

    /**
     * A source partition.
     *
     * @param segments in the order of their offsets
     * @param routing which of its records belong to the target partition; null: all
     * @param cuts rising source offsets: what is below the first is appended before anything above it, of whichever input,
     *     and so on; every input of a task has as many
     */
    public record Input(
            TopicPartition source,
            List<SegmentRef> segments,
            @Nullable Routing routing,
            List<Long> cuts) {
        public Input {
            segments = List.copyOf(segments);
            cuts = List.copyOf(cuts);
        }
    }

    /**
     * The Java client's default partitioner: a record with a key belongs to partition {@code murmur2(key) mod
     * targetPartitions}, one without to its source partition's number mod {@code targetPartitions}.
     *
     * @param sourcePartitions partitions of the source topic, by which every key is checked to be where that partitioner
     *     puts it; 0: not checked, because the task reads every source partition
     */
    public record Routing(int sourcePartitions, int targetPartitions) {
        /** Target partitions that the records of one source partition may go to: those that it meets, or all. */
        public int spread() {
            return sourcePartitions == 0
                    ? targetPartitions
                    : targetPartitions
                            / BigInteger.valueOf(sourcePartitions)
                                    .gcd(BigInteger.valueOf(targetPartitions))
                                    .intValueExact();
        }
    }

    /**
     * Source offsets kept: the log is made to begin at the archive's first, and gaps are filled with control markers.
     *
     * @param from first offset of the archive
     * @param mostFilled markers at most; what stands behind the gap that would exceed it is shifted
     * @param strict fail rather than shift records because a fence took an offset
     */
    public record Preserve(long from, long mostFilled, boolean strict) {}

    /** A stored segment as the manifest has it. */
    public record SegmentRef(String key, long startOffset, long endOffset, long recordCount, long size) {}
}
