package io.segue.coordinator.preflight;

import io.segue.coordinator.groups.NamePattern;
import io.segue.coordinator.groups.SourceCommits;
import io.segue.coordinator.plan.RestorePlanner;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.Group;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks at a target before a restore writes to it: rights, groups, and what brokers would do to old or large records. It
 * changes nothing. A question that the cluster does not answer is a warning, never an all-clear.
 */
public final class Preflight {
    private static final Set<String> NEEDED = Set.of("DESCRIBE", "WRITE", "READ", "ALTER_CONFIGS", "DESCRIBE_CONFIGS");
    private static final String STOPPED = "Are the consumer groups stopped?";
    private static final int NAMED = 5;

    private final KafkaCluster target;
    private final long now;

    /** @param now epoch milliseconds */
    public Preflight(KafkaCluster target, long now) {
        this.target = target;
        this.now = now;
    }

    /** What is restored. */
    public record Archive(Manifest manifest, Optional<SourceRecord> source, Optional<SourceCommits> commits) {}

    public List<Finding> of(RestoreSpec spec, Archive archive) {
        Map<String, Topic> topics = target.topics(RestorePlanner.targetTopics(spec, archive.manifest()));
        List<Finding> findings = new ArrayList<>();
        findings.add(asked("May we write there?", () -> rights(topics)));
        if (spec.groups().reset()) {
            archive.commits().ifPresent(source -> findings.add(stopped(spec, source)));
            findings.add(asked("How long do offsets without consumers live?", this::expiry));
        }
        findings.add(asked("Will retention delete what is restored?", () -> retention(archive, topics)));
        findings.add(timestamps(topics));
        findings.add(asked("Are large records accepted?", () -> messageSize(archive, topics)));
        findings.add(asked("Is there room on the disks?", () -> disks(archive)));
        return findings;
    }

    private static Finding asked(String question, Supplier<Finding> answer) {
        try {
            return answer.get();
        } catch (KafkaFailure e) {
            return Finding.warn(question, "the cluster did not say: " + e.getMessage(), "");
        }
    }

    private Finding rights(Map<String, Topic> topics) {
        String question = "May we write there?";
        List<String> missing = new ArrayList<>();
        target.topicOperations(topics.keySet()).forEach((topic, allowed) -> {
            Set<String> lacking = new TreeSet<>(NEEDED);
            lacking.removeAll(allowed);
            if (!allowed.isEmpty() && !lacking.isEmpty()) {
                missing.add(topic + " lacks " + lacking);
            }
        });
        if (!missing.isEmpty()) {
            return Finding.fail(
                    question,
                    some(missing),
                    "kafka-acls --add --allow-principal User:… --operation … --topic …, for each of them");
        }
        return Finding.ok(
                question,
                topics.isEmpty()
                        ? "the topics do not exist yet; creating them will tell"
                        : "the brokers grant it on " + some(topics.keySet()));
    }

    /** Whether the groups that are to be reset have members. */
    public Finding stopped(RestoreSpec spec, SourceCommits source) {
        Set<String> selected = NamePattern.select(
                spec.groups().names().stream().map(NamePattern::new).toList(),
                source.groups().keySet());
        return asked(STOPPED, () -> stopped(selected));
    }

    private Finding stopped(Set<String> groups) {
        List<Group> active = target.groups(groups).values().stream()
                .filter(group -> !group.idle())
                .toList();
        return active.isEmpty()
                ? Finding.ok(STOPPED, "no member in any of " + groups.size() + " groups")
                : Finding.warn(
                        STOPPED,
                        some(active.stream()
                                .map(group -> group.groupId() + " (" + members(group) + ")")
                                .toList()),
                        "stop them, a group with members is not reset; who they are: kafka-consumer-groups"
                                + " --bootstrap-server … --describe --members --group "
                                + active.get(0).groupId());
    }

    private static String members(Group group) {
        return group.state() + ", " + some(group.members());
    }

    private Finding expiry() {
        String question = "How long do offsets without consumers live?";
        String minutes = target.brokerConfigs().get("offsets.retention.minutes");
        if (minutes == null) {
            return Finding.warn(
                    question, "the brokers do not say", "kafka-configs --describe --entity-type brokers --all");
        }
        Duration time = Duration.ofMinutes(Long.parseLong(minutes));
        return Finding.warn(
                question,
                (time.toHours() >= 48 ? time.toDays() + " days" : time.toMinutes() + " minutes")
                        + " after the reset brokers forget them (offsets.retention.minutes)",
                "start the consumers before, or afterwards kafka-backup offset-reset execute --job JOB --keep-alive"
                        + " HOURS");
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
                        "the oldest record is " + days + " old, " + some(impatient)
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
                : Finding.warn(question, some(limited) + " limits or replaces them: opened while the job runs", "");
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
                : Finding.warn(question, some(small) + ": raised while the job runs and set back afterwards", "");
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

    private static String some(Collection<String> names) {
        String first = String.join(", ", names.stream().limit(NAMED).toList());
        return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
    }
}
