package io.segue.coordinator.plan;

import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a restore will do.
 *
 * @param tasks largest first
 * @param readAgain of each group and target partition that several source partitions flow into
 * @param notes what a person should know before it starts
 */
public record RestorePlan(
        List<TopicPlan> topics, List<RestoreTask> tasks, List<ReadAgain> readAgain, List<String> notes) {
    public RestorePlan {
        topics = List.copyOf(topics);
        tasks = List.copyOf(tasks);
        readAgain = List.copyOf(readAgain);
        notes = List.copyOf(notes);
    }

    /**
     * A target topic.
     *
     * @param create false if it exists
     * @param configs set before the first record is written, the frozen ones among them
     * @param intended set as the last step; a null value removes the topic's own
     */
    public record TopicPlan(
            String topic,
            boolean create,
            int partitions,
            Map<String, String> configs,
            Map<String, @Nullable String> intended) {}

    /** A plan, or every reason why there is none. */
    public sealed interface Outcome {
        record Planned(RestorePlan plan) implements Outcome {}

        record Refused(List<String> reasons) implements Outcome {}
    }

    /** The same with more notes, in front. */
    public RestorePlan noting(List<String> more) {
        return new RestorePlan(
                topics,
                tasks,
                readAgain,
                Stream.concat(more.stream(), notes.stream()).toList());
    }

    public long records() {
        return tasks.stream().mapToLong(RestoreTask::records).sum();
    }

    /** Stored bytes to read so as to count exactly what groups read again, under both orders. */
    public long bytesToCount() {
        Set<TopicPartition> merged = readAgain.stream().map(ReadAgain::target).collect(Collectors.toSet());
        return 2
                * tasks.stream()
                        .filter(task -> merged.contains(task.target()))
                        .mapToLong(RestoreTask::bytes)
                        .sum();
    }

    public long bytes() {
        return tasks.stream().mapToLong(RestoreTask::bytes).sum();
    }
}
