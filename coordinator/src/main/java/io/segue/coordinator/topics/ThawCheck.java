package io.segue.coordinator.topics;

import io.segue.coordinator.plan.Retention;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What would the intended retention delete? By time it deletes a prefix of the log, never beyond the first record that is
 * young enough; so a group's position is safe exactly if that record is at or before it. By size it deletes whole segments of
 * the log, and nobody but the broker knows where they end; so a position is safe only at the end of the log, or where the log
 * is small enough.
 */
public final class ThawCheck {
    private static final int NAMED = 3;

    private final KafkaCluster target;
    private final long now;

    /** @param now epoch milliseconds */
    public ThawCheck(KafkaCluster target, long now) {
        this.target = target;
        this.now = now;
    }

    /**
     * A topic that is to be thawed.
     *
     * @param intended configs that it will have
     * @param bases log ends of its partitions before the job's first record
     * @param lowest position that a reset left in a partition; absent: none
     */
    public record Subject(
            String topic, Map<String, @Nullable String> intended, List<Long> bases, Map<TopicPartition, Long> lowest) {}

    /**
     * What a thaw would do.
     *
     * @param refusal why the topic must stay frozen
     * @param deletes what the brokers will delete of the restored records, in words
     */
    public record Effect(Optional<String> refusal, Optional<String> deletes) {
        static final Effect NONE = new Effect(Optional.empty(), Optional.empty());
    }

    /** Looks at all topics at once. */
    public Map<String, Effect> of(Collection<Subject> subjects) {
        Map<String, Effect> effects = new TreeMap<>();
        if (subjects.isEmpty()) {
            return effects;
        }
        Retention.Defaults defaults = Retention.Defaults.of(target);
        Map<Long, List<TopicPartition>> byTime = new HashMap<>();
        List<TopicPartition> bySize = new ArrayList<>();
        List<TopicPartition> all = new ArrayList<>();
        for (Subject subject : subjects) {
            Retention retention = Retention.of(subject.intended(), defaults);
            List<TopicPartition> partitions =
                    TargetTopics.partitions(subject.topic(), subject.bases().size());
            if (retention.byTime()) {
                byTime.computeIfAbsent(retention.millis(), millis -> new ArrayList<>())
                        .addAll(partitions);
            }
            if (retention.bySize()) {
                bySize.addAll(partitions);
            }
            if (retention.byTime() || retention.bySize()) {
                all.addAll(partitions);
            }
        }
        Map<TopicPartition, LogRange> logs = target.logRanges(all);
        Map<TopicPartition, Long> young = new HashMap<>();
        byTime.forEach((millis, partitions) -> young.putAll(target.offsetsForTime(partitions, now - millis)));
        Facts facts = new Facts(logs, young, target.logSizes(bySize));
        for (Subject subject : subjects) {
            effects.put(subject.topic(), effect(subject, Retention.of(subject.intended(), defaults), facts));
        }
        return effects;
    }

    /**
     * What is known of the target.
     *
     * @param young the first offset that is young enough; absent: none is
     * @param sizes absent: not known
     */
    private record Facts(
            Map<TopicPartition, LogRange> logs, Map<TopicPartition, Long> young, Map<TopicPartition, Long> sizes) {
        LogRange log(TopicPartition partition) {
            return logs.getOrDefault(partition, new LogRange(0, 0, 0));
        }

        long firstKept(TopicPartition partition) {
            return young.getOrDefault(partition, log(partition).highWatermark());
        }

        boolean small(TopicPartition partition, long bytes) {
            return sizes.getOrDefault(partition, Long.MAX_VALUE) <= bytes;
        }
    }

    private static Effect effect(Subject subject, Retention retention, Facts facts) {
        List<String> losses = new ArrayList<>();
        if (retention.byTime()) {
            Optional<String> refusal = unread(
                    subject,
                    partition -> facts.firstKept(partition) - 1,
                    "retention.ms=" + retention.millis() + " would delete records that a reset group has not read: ");
            if (refusal.isPresent()) {
                return new Effect(refusal, Optional.empty());
            }
            byTime(subject, retention, facts).ifPresent(losses::add);
        }
        if (retention.bySize()) {
            Optional<String> refusal = unread(
                    subject,
                    partition -> facts.small(partition, retention.bytes())
                            ? -1
                            : facts.log(partition).highWatermark() - 1,
                    "retention.bytes=" + retention.bytes() + " could delete records that a reset group has not read: ");
            if (refusal.isPresent()) {
                return new Effect(refusal, Optional.empty());
            }
            bySize(subject, retention, facts).ifPresent(losses::add);
        }
        return losses.isEmpty() ? Effect.NONE : new Effect(Optional.empty(), Optional.of(String.join("; ", losses)));
    }

    /**
     * What of it a group would lose, in order of the partitions.
     *
     * @param last offset that would be deleted
     */
    private static Optional<String> unread(Subject subject, ToLongFunction<TopicPartition> last, String what) {
        List<String> places = new ArrayList<>();
        long records = 0;
        for (Map.Entry<TopicPartition, Long> position : new TreeMap<>(subject.lowest()).entrySet()) {
            long end = last.applyAsLong(position.getKey());
            if (position.getValue() <= end) {
                records += end - position.getValue() + 1;
                places.add(position.getKey() + " offsets " + position.getValue() + " to " + end);
            }
        }
        if (places.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                what + some(places) + (places.size() > 1 ? "; " + Units.count(records, "offset") + " in all" : ""));
    }

    private static Optional<String> byTime(Subject subject, Retention retention, Facts facts) {
        long old = 0;
        long all = 0;
        List<String> places = new ArrayList<>();
        for (int p = 0; p < subject.bases().size(); p++) {
            TopicPartition partition = new TopicPartition(subject.topic(), p);
            LogRange log = facts.log(partition);
            long from = Math.max(log.start(), subject.bases().get(p));
            long below = facts.firstKept(partition);
            all += Math.max(0, log.highWatermark() - from);
            if (below > from) {
                old += below - from;
                places.add(partition + " offsets " + from + " to " + (below - 1));
            }
        }
        return old == 0
                ? Optional.empty()
                : Optional.of(Units.count(old) + " of " + Units.count(all, "record") + (old == 1 ? " is" : " are")
                        + " older than " + retention.timeInWords() + ": " + some(places));
    }

    private static Optional<String> bySize(Subject subject, Retention retention, Facts facts) {
        List<String> places = TargetTopics.partitions(
                        subject.topic(), subject.bases().size())
                .stream()
                .filter(partition -> facts.sizes().containsKey(partition) && !facts.small(partition, retention.bytes()))
                .map(partition ->
                        partition + " takes " + Units.bytes(facts.sizes().getOrDefault(partition, 0L)))
                .toList();
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of("the oldest records beyond " + retention.sizeInWords() + " go: " + some(places));
    }

    private static String some(List<String> places) {
        return String.join(", ", places.subList(0, Math.min(NAMED, places.size())))
                + (places.size() > NAMED ? " and " + (places.size() - NAMED) + " more" : "");
    }
}
