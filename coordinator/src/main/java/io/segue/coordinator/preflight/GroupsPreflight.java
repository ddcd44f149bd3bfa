package io.segue.coordinator.preflight;

import io.segue.coordinator.groups.ResetLimits;
import io.segue.coordinator.groups.SeenGroups;
import io.segue.protocol.kafka.AclCommand;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.Group;
import io.segue.protocol.kafka.KafkaFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks at groups before they are reset: rights, members, and how long the brokers will remember. It changes nothing. A
 * question that the cluster does not answer is a warning, never an all-clear.
 */
public final class GroupsPreflight {
    private static final String STOPPED = "Are the consumer groups stopped?";
    private static final String RIGHTS = "May we commit for the groups?";
    private static final String EXPIRY = "How long do offsets without consumers live?";

    private final KafkaCluster target;

    public GroupsPreflight(KafkaCluster target) {
        this.target = target;
    }

    /** @param topics of the target on which offsets are to be committed; those that do not exist yet do not count */
    public List<Finding> of(Collection<String> groups, Collection<String> topics) {
        List<Finding> findings = new ArrayList<>(groups(groups));
        findings.add(Finding.asked(RIGHTS + " On their topics?", () -> topics(topics)));
        findings.add(expiry());
        return findings;
    }

    /** What concerns the groups themselves: whether the user may commit for them, and whether they have members. */
    public List<Finding> groups(Collection<String> groups) {
        List<String> active = new ArrayList<>();
        SortedMap<String, String> denied = new TreeMap<>();
        try {
            List<String> ids = List.copyOf(new TreeSet<>(groups));
            for (int from = 0; from < ids.size(); from += ResetLimits.SHARD) {
                SeenGroups seen =
                        SeenGroups.of(target, ids.subList(from, Math.min(ids.size(), from + ResetLimits.SHARD)));
                denied.putAll(seen.denied());
                seen.standing().values().stream()
                        .filter(group -> !group.idle())
                        .map(GroupsPreflight::members)
                        .forEach(active::add);
            }
        } catch (KafkaFailure e) {
            return List.of(Finding.unanswered(STOPPED, e), Finding.unanswered(RIGHTS, e));
        }
        active.sort(null);
        return List.of(stopped(active, groups.size()), rights(denied, groups.size()));
    }

    private static String members(Group group) {
        return group.groupId() + " (" + group.state() + ", " + Finding.some(group.members()) + ")";
    }

    private static Finding stopped(List<String> active, int groups) {
        return active.isEmpty()
                ? Finding.ok(STOPPED, "no member in any of " + groups + " groups")
                : Finding.warn(
                        STOPPED,
                        Finding.some(active),
                        "stop them, a group with members is not reset; who they are: kafka-consumer-groups"
                                + " --bootstrap-server … --describe --members --group "
                                + active.get(0).replaceAll(" \\(.*", ""));
    }

    private static Finding rights(SortedMap<String, String> denied, int groups) {
        return denied.isEmpty()
                ? Finding.ok(RIGHTS, "the brokers refuse it for none of " + groups)
                : Finding.warn(
                        RIGHTS,
                        "not for " + Finding.some(denied.keySet()) + ": refused, the others are reset",
                        AclCommand.group(denied.firstKey()) + (denied.size() > 1 ? ", and so for each of them" : ""));
    }

    private Finding topics(Collection<String> topics) {
        List<String> missing = new ArrayList<>();
        target.topicOperations(target.topics(topics).keySet()).forEach((topic, allowed) -> {
            if (!allowed.isEmpty() && !allowed.contains("READ")) {
                missing.add(topic);
            }
        });
        String question = RIGHTS + " On their topics?";
        return missing.isEmpty()
                ? Finding.ok(question, "the brokers refuse it on none of " + topics.size())
                : Finding.warn(
                        question,
                        Finding.some(missing) + " lacks READ, without which nothing can be committed there",
                        AclCommand.topic(missing.get(0), Set.of("READ")));
    }

    /** How long brokers remember what nobody reads. */
    public Finding expiry() {
        return Finding.asked(EXPIRY, () -> {
            String minutes = target.brokerConfigs().get("offsets.retention.minutes");
            if (minutes == null) {
                return Finding.warn(
                        EXPIRY, "the brokers do not say", "kafka-configs --describe --entity-type brokers --all");
            }
            Duration time = Duration.ofMinutes(Long.parseLong(minutes));
            return Finding.warn(
                    EXPIRY,
                    (time.toHours() >= 48 ? time.toDays() + " days" : time.toMinutes() + " minutes")
                            + " after the reset brokers forget them (offsets.retention.minutes)",
                    "start the consumers before, or afterwards kafka-backup offset-reset execute --job JOB --keep-alive"
                            + " HOURS");
        });
    }
}
