package io.segue.coordinator.plan;

import io.segue.coordinator.plan.RestorePlan.TopicPlan;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the brokers will delete of the restored records once the topics are thawed, as far as a manifest tells: it knows the
 * times of a segment's first and last record, or the lowest and highest. Pure.
 */
final class ThawForecast {
    private final RestoreSpec spec;
    private final Retention.Defaults defaults;
    private final long now;
    private final Map<String, List<Manifest.Segment>> segments = new HashMap<>();

    /** @param now epoch milliseconds */
    ThawForecast(RestoreSpec spec, Retention.Defaults defaults, long now) {
        this.spec = spec;
        this.defaults = defaults;
        this.now = now;
    }

    void add(Manifest.Topic topic) {
        List<Manifest.Segment> into =
                segments.computeIfAbsent(spec.selected().target(topic.name()), name -> new ArrayList<>());
        topic.partitions().stream()
                .filter(partition -> spec.selected().takes(partition.partitionId()))
                .forEach(partition -> into.addAll(partition.segments()));
    }

    /** In words, for each topic that will lose records. */
    List<String> notes(Collection<TopicPlan> topics, Collection<RestoreTask> tasks) {
        List<String> notes = new ArrayList<>();
        for (TopicPlan topic : topics) {
            Retention retention = Retention.of(topic.intended(), defaults);
            if (retention.byTime()) {
                byTime(topic, retention, notes);
            }
            if (retention.bySize()) {
                bySize(topic, retention, tasks, notes);
            }
        }
        return notes;
    }

    private void byTime(TopicPlan topic, Retention retention, List<String> notes) {
        List<Manifest.Segment> restored = segments.getOrDefault(topic.topic(), List.of());
        long from = spec.selected().from();
        long to = spec.selected().to();
        double all = restored.stream()
                .mapToDouble(segment -> within(segment, from, to))
                .sum();
        double old = restored.stream()
                .mapToDouble(segment -> within(segment, from, Math.min(to, now - retention.millis() - 1)))
                .sum();
        if (old >= 1) {
            notes.add("topic " + topic.topic() + ": about " + Units.count(Math.round(old)) + " of "
                    + Units.count(Math.round(all), "record") + (Math.round(old) == 1 ? " is" : " are")
                    + " older than " + retention.timeInWords()
                    + " and will be deleted by the brokers as soon as the topic is thawed at the end of the job"
                    + advice("retention.ms"));
        }
    }

    /** Records of a segment within a time, if they are spread evenly over the segment's. */
    private static double within(Manifest.Segment segment, long from, long to) {
        long first = Math.min(segment.startTimestamp(), segment.endTimestamp());
        long last = Math.max(segment.startTimestamp(), segment.endTimestamp());
        long low = Math.max(first, from);
        long high = Math.min(last, to);
        if (high < low) {
            return 0;
        }
        double share = (high - (double) low + 1) / (last - (double) first + 1);
        return segment.recordCount() * share;
    }

    private void bySize(TopicPlan topic, Retention retention, Collection<RestoreTask> tasks, List<String> notes) {
        List<RestoreTask> large = tasks.stream()
                .filter(task -> task.target().topic().equals(topic.topic()) && task.bytes() > retention.bytes())
                .toList();
        if (!large.isEmpty()) {
            notes.add("topic " + topic.topic() + ": " + Units.count(large.size(), "partition") + " will take about "
                    + Units.bytes(large.get(0).bytes()) + (large.size() == 1 ? "" : " or less each") + ", more than "
                    + retention.sizeInWords()
                    + ": the brokers will delete the oldest records as soon as the topic is thawed at the end of the job"
                    + advice("retention.bytes"));
        }
    }

    private String advice(String config) {
        if (spec.topics().keepFrozen()) {
            return "; --keep-frozen holds that off until 'kafka-backup thaw'";
        }
        String unread = spec.groups().reset()
                ? "; where a reset group has not read them the topic stays frozen instead, and the job ends with exit code 3"
                : "";
        return unread
                + "; to keep them, use --keep-frozen and thaw the topic later, or make the topic beforehand with a"
                + " larger " + config;
    }
}
