package io.segue.coordinator.preflight;

import io.segue.coordinator.groups.NamePattern;
import io.segue.coordinator.groups.SourceCommits;
import io.segue.coordinator.plan.RestorePlanner;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.kafka.AclCommand;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Looks at a target before a restore writes to it: rights, groups, and what brokers would do to old or large records. It
 * changes nothing. A question that the cluster does not answer is a warning, never an all-clear.
 */
public final class Preflight {
    private static final Set<String> NEEDED = Set.of("DESCRIBE", "WRITE", "READ", "ALTER_CONFIGS", "DESCRIBE_CONFIGS");

    private final KafkaCluster target;
    private final GroupsPreflight groups;
    private final long now;

    /** @param now epoch milliseconds */
    public Preflight(KafkaCluster target, long now) {
        this.target = target;
        this.groups = new GroupsPreflight(target);
        this.now = now;
    }

    /** What is restored. */
    public record Archive(Manifest manifest, Optional<SourceRecord> source, Optional<SourceCommits> commits) {}

    public List<Finding> of(RestoreSpec spec, Archive archive) {
        Map<String, Topic> topics = target.topics(RestorePlanner.targetTopics(spec, archive.manifest()));
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.asked("May we write there?", () -> rights(topics)));
        if (spec.groups().reset()) {
            archive.commits().ifPresent(source -> findings.addAll(groups(spec, source)));
            findings.add(groups.expiry());
        }
        findings.add(Finding.asked("Will retention delete what is restored?", () -> retention(archive, topics)));
        findings.add(timestamps(topics));
        findings.add(Finding.asked("Are large records accepted?", () -> messageSize(archive, topics)));
        findings.add(Finding.asked("Is there room on the disks?", () -> disks(archive)));
        return findings;
    }

    private Finding rights(Map<String, Topic> topics) {
        String question = "May we write there?";
        Map<String, Set<String>> missing = new TreeMap<>();
        target.topicOperations(topics.keySet()).forEach((topic, allowed) -> {
            Set<String> lacking = new TreeSet<>(NEEDED);
            lacking.removeAll(allowed);
            if (!allowed.isEmpty() && !lacking.isEmpty()) {
                missing.put(topic, lacking);
            }
        });
        if (!missing.isEmpty()) {
            String first = missing.keySet().iterator().next();
            return Finding.fail(
                    question,
                    Finding.some(missing.entrySet().stream()
                            .map(one -> one.getKey() + " lacks " + one.getValue())
                            .toList()),
                    AclCommand.topic(first, missing.getOrDefault(first, NEEDED))
                            + (missing.size() > 1 ? ", and so for each of them" : ""));
        }
        return Finding.ok(
                question,
                topics.isEmpty()
                        ? "the topics do not exist yet; creating them will tell"
                        : "the brokers grant it on " + Finding.some(topics.keySet()));
    }

    /** Whether the groups that are to be reset have members, and whether we may commit for them. */
    public List<Finding> groups(RestoreSpec spec, SourceCommits source) {
        return groups.groups(NamePattern.select(
                spec.groups().names().stream().map(NamePattern::new).toList(),
                source.groups().keySet()));
    }

    private Finding retention(Archive archive, Map<String, Topic> topics) {
        String question = "Will retention delete what is restored?";
        long oldest = segments(archive)
                .mapToLong(Manifest.Segment::startTimestamp)
                .filter(time -> time > 0)
                .min()
                .orElse(now);
        long age = now - oldest;
        long standard = target.defaultRetentionMs();
        List<String> impatient = topics.values().stream()
                .filter(topic -> !topic.configs()
                        .getOrDefault("cleanup.policy", "delete")
                        .equals("compact"))
                .filter(topic -> {
                    String own = topic.configs().get("retention.ms");
                    long keeps = own == null ? standard : Long.parseLong(own);
                    return keeps >= 0 && keeps < age;
                })
                .map(Topic::name)
                .toList();
        String days = Duration.ofMillis(Math.max(0, age)).toDays() + " days";
        return impatient.isEmpty()
                ? Finding.ok(question, "the oldest record is " + days + " old; it is held back while the job runs")
                : Finding.warn(
                        question,
                        "the oldest record is " + days + " old, " + Finding.some(impatient)
                                + " keeps less: it is held back while the"
                                + " job runs, and deletes afterwards what no reset group still has to read",
                        "kafka-configs --alter --entity-type topics --entity-name … --add-config retention.ms=-1");
    }

    private static Finding timestamps(Map<String, Topic> topics) {
        String question = "Are old timestamps accepted?";
        List<String> limited = topics.values().stream()
                .filter(topic -> topic.configs().containsKey("message.timestamp.before.max.ms")
                        || "LogAppendTime".equals(topic.configs().get("message.timestamp.type")))
                .map(Topic::name)
                .toList();
        return limited.isEmpty()
                ? Finding.ok(question, "no topic limits them")
                : Finding.warn(
                        question, Finding.some(limited) + " limits or replaces them: opened while the job runs", "");
    }

    private Finding messageSize(Archive archive, Map<String, Topic> topics) {
        String question = "Are large records accepted?";
        String limit = target.brokerConfigs().getOrDefault("message.max.bytes", "1048588");
        long standard = Long.parseLong(limit);
        List<String> small = new ArrayList<>();
        archive.source()
                .ifPresent(source -> source.topics().forEach(topic -> {
                    String wanted = topic.configs().get("max.message.bytes");
                    Topic there = topics.get(topic.name());
                    long allowed = there == null
                            ? standard
                            : Long.parseLong(there.configs().getOrDefault("max.message.bytes", limit));
                    if (wanted != null && Long.parseLong(wanted) > allowed) {
                        small.add(topic.name() + " (" + wanted + " on the source, " + allowed + " here)");
                    }
                }));
        return small.isEmpty()
                ? Finding.ok(question, "every topic takes what the source took")
                : Finding.warn(
                        question, Finding.some(small) + ": raised while the job runs and set back afterwards", "");
    }

    private Finding disks(Archive archive) {
        String question = "Is there room on the disks?";
        Map<Integer, Long> free = target.freeBytes();
        if (free.isEmpty()) {
            return Finding.warn(question, "the brokers do not say", "look at their disks");
        }
        long bytes =
                segments(archive).mapToLong(Manifest.Segment::compressedSize).sum();
        long all = free.values().stream().mapToLong(Long::longValue).sum();
        String evidence = mebibytes(bytes) + " stored in the backup, " + mebibytes(all) + " free on " + free.size()
                + " brokers, replicas count each";
        return all / 3 > bytes
                ? Finding.ok(question, evidence)
                : Finding.warn(question, evidence, "make room, or restore fewer topics");
    }

    private static String mebibytes(long bytes) {
        return String.format("%,d MiB", bytes >> 20);
    }

    private static Stream<Manifest.Segment> segments(Archive archive) {
        return archive.manifest().topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .flatMap(partition -> partition.segments().stream());
    }
}
