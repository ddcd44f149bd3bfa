package io.segue.coordinator.plan;

import io.segue.coordinator.plan.RestorePlan.Outcome;
import io.segue.coordinator.plan.RestorePlan.TopicPlan;
import io.segue.protocol.config.DeliveryMode;
import io.segue.protocol.config.RestoreConfig.OffsetMode;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.SourceRecord;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Manifest + spec + target metadata → topics and tasks, or all the reasons why not. Pure: used by one thread, once. */
public final class RestorePlanner {
    private final RestoreSpec spec;
    private final Target target;
    private final Map<String, Map<String, String>> sourceConfigs = new HashMap<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * The target before the job.
     *
     * @param topics by name
     * @param logs of their partitions
     * @param defaults of its brokers
     * @param now epoch milliseconds
     */
    public record Target(
            Map<String, KafkaCluster.Topic> topics,
            Map<TopicPartition, LogRange> logs,
            Retention.Defaults defaults,
            long now) {}

    private RestorePlanner(RestoreSpec spec, @Nullable SourceRecord source, Target target) {
        this.spec = spec;
        this.target = target;
        if (source != null) {
            source.topics().forEach(topic -> sourceConfigs.put(topic.name(), topic.configs()));
        }
    }

    /**
     * @param source what the backup says of the source's topics, or null for an archive of the peer
     * @param commits of the groups that the backup knows, for the order of merges
     */
    public static Outcome plan(
            RestoreSpec spec,
            Manifest manifest,
            @Nullable SourceRecord source,
            Target target,
            Collection<CommitVector> commits) {
        return new RestorePlanner(spec, source, target).plan(manifest, commits);
    }

    /** Names of the target topics that a spec writes to; for looking them up before planning. */
    public static Set<String> targetTopics(RestoreSpec spec, Manifest manifest) {
        return selected(spec, manifest).stream()
                .map(topic -> spec.selected().target(topic.name()))
                .collect(Collectors.toSet());
    }

    private static List<Manifest.Topic> selected(RestoreSpec spec, Manifest manifest) {
        TopicSelection selection = new TopicSelection(
                spec.selected().includeTopics(), spec.selected().excludeTopics());
        return manifest.topics().stream()
                .filter(topic -> selection.selects(topic.name()))
                .toList();
    }

    private Outcome plan(Manifest manifest, Collection<CommitVector> commits) {
        List<Manifest.Topic> selected = selected(spec, manifest);
        SpecCheck check = new SpecCheck(spec, manifest, selected);
        refusals.addAll(check.refusals(target.topics()));
        notes.addAll(check.notes());
        if (spec.delivery() != DeliveryMode.AUTO) {
            notes.add("delivery: " + spec.delivery().word() + ": "
                    + spec.delivery().guarantee());
        }
        ThawForecast forecast = new ThawForecast(spec, target.defaults(), target.now());
        Flows flows = new Flows(spec);
        Map<String, List<String>> sources = new TreeMap<>();
        for (Manifest.Topic topic : selected) {
            flows.add(topic);
            forecast.add(topic);
            sources.computeIfAbsent(spec.selected().target(topic.name()), name -> new ArrayList<>())
                    .add(topic.name());
        }
        spec.placement().repartitioning().keySet().stream()
                .filter(name -> !sources.containsKey(name))
                .forEach(name -> refusals.add("repartitioning names target topic '" + name
                        + "', into which nothing is restored: its names are those of the target"));
        List<RestoreTask> tasks = placed(flows.tasks(commits));
        List<TopicPlan> topics = new ArrayList<>();
        sources.forEach((name, from) -> topic(name, from, flows.partitions().getOrDefault(name, 1), tasks)
                .ifPresent(topics::add));
        if (!refusals.isEmpty()) {
            return new Outcome.Refused(refusals);
        }
        notes.addAll(forecast.notes(topics, tasks));
        List<RestoreTask> largestFirst = tasks.stream()
                .sorted(Comparator.comparingLong(RestoreTask::bytes).reversed().thenComparing(RestoreTask::target))
                .toList();
        return new Outcome.Planned(new RestorePlan(topics, largestFirst, ReadAgain.of(tasks, commits), notes));
    }

    /** The tasks with their offsets decided. */
    private List<RestoreTask> placed(List<RestoreTask> tasks) {
        Preservation preservation = new Preservation(spec, target.logs());
        if (spec.placement().offsets() == OffsetMode.DENSE) {
            if (!spec.delivery().placesRecords()) {
                return tasks;
            }
            long cheap = tasks.stream().filter(preservation::cheap).count();
            if (cheap > 0) {
                notes.add(cheap + " of " + Units.count(tasks.size(), "partition")
                        + " could have the source's own offsets at little cost,"
                        + " so that offsets kept elsewhere stay valid: restore.offsets: preserve, or auto");
            }
            return tasks;
        }
        if (!spec.delivery().placesRecords()) {
            notes.add("offsets are dense, because delivery: " + spec.delivery().word()
                    + " cannot keep the source's; delivery: fenced can");
            return tasks;
        }
        List<RestoreTask> placed = new ArrayList<>();
        for (RestoreTask task : tasks) {
            Preservation.Decision decision = preservation.of(task);
            if (decision instanceof Preservation.Decision.Kept kept) {
                notes.add(task.target() + " offsets: " + kept.line());
                placed.add(new RestoreTask(
                        task.id(), task.inputs(), task.target(), kept.preserve(), task.records(), task.bytes()));
            } else if (decision instanceof Preservation.Decision.Dense dense) {
                notes.add(task.target() + " offsets: dense, because " + dense.because());
                placed.add(task);
            } else if (decision instanceof Preservation.Decision.Refused refused) {
                refusals.add(task.target() + " cannot keep the source's offsets: " + refused.because()
                        + "; restore.offsets: auto keeps what can be kept");
            }
        }
        return placed;
    }

    private Optional<TopicPlan> topic(String name, List<String> from, int partitions, List<RestoreTask> tasks) {
        Map<String, String> source = sourceConfigs.getOrDefault(from.get(0), Map.of());
        if (from.size() > 1) {
            notes.add(name + ": takes in " + from + "; its configs are those of " + from.get(0));
        }
        KafkaCluster.Topic existing = target.topics().get(name);
        if (SpecCheck.isInternal(name, existing)) {
            return Optional.empty();
        }
        return existing == null ? created(name, partitions, source) : existing(existing, partitions, source, tasks);
    }

    private Optional<TopicPlan> created(String name, int partitions, Map<String, String> source) {
        if (!spec.topics().create()) {
            refusals.add("target topic '" + name + "' does not exist and create_topics is false: create it with "
                    + Units.count(partitions, "partition") + ", or set create_topics: true");
            return Optional.empty();
        }
        if (source.containsKey("min.insync.replicas")) {
            notes.add(name + ": min.insync.replicas=" + source.get("min.insync.replicas")
                    + " of the source is not copied; replication is the target's own");
        }
        return Optional.of(new TopicPlan(name, true, partitions, Freeze.configsOfNew(source), Freeze.intended(source)));
    }

    private Optional<TopicPlan> existing(
            KafkaCluster.Topic existing, int needed, Map<String, String> source, List<RestoreTask> tasks) {
        String name = existing.name();
        if (existing.partitions() != needed) {
            refusals.add("target topic '" + name + "' has " + Units.count(existing.partitions(), "partition")
                    + ", the restore needs "
                    + needed
                    + ": delete it so that it is created anew, map to another topic, or spread the records over"
                    + " its partitions by restore.repartitioning." + name + ".target_partitions: "
                    + existing.partitions());
            return Optional.empty();
        }
        for (RestoreTask task : tasks) {
            LogRange log = target.logs().get(task.target());
            if (task.target().topic().equals(name) && log != null && log.highWatermark() > 0) {
                notes.add(task.target() + " is not empty: records go behind offset " + (log.highWatermark() - 1)
                        + " that is there now");
            }
        }
        return Optional.of(new TopicPlan(
                name,
                false,
                existing.partitions(),
                Freeze.configsOfExisting(existing.configs(), source),
                Freeze.intended(existing.configs())));
    }
}
