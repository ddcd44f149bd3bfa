package io.segue.e2e.demo;

import io.segue.e2e.proof.Clients;
import io.segue.e2e.proof.Comparison;
import io.segue.e2e.proof.GroupMember;
import io.segue.e2e.proof.GroupVerdict;
import io.segue.e2e.proof.GroupVerdict.Side;
import io.segue.e2e.proof.LogReader;
import io.segue.e2e.proof.LogReader.Contents;
import io.segue.e2e.proof.NextRecord;
import io.segue.e2e.proof.Proof;
import io.segue.e2e.source.GroupSpec;
import io.segue.e2e.source.TopicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Compares source and target with Kafka's own clients; nothing of Segue takes part. */
final class Examination {
    private static final List<IsolationLevel> BOTH =
            List.of(IsolationLevel.READ_UNCOMMITTED, IsolationLevel.READ_COMMITTED);

    private final String source;
    private final String target;
    private final List<TopicSpec> topics;
    private final List<GroupSpec> groups;

    Examination(String source, String target, List<TopicSpec> topics, List<GroupSpec> groups) {
        this.source = source;
        this.target = target;
        this.topics = List.copyOf(topics);
        this.groups = List.copyOf(groups);
    }

    /** @param wanted the committed records of the source */
    Proof examine(Contents wanted, Story story) throws InterruptedException {
        List<Comparison> records = new ArrayList<>();
        List<GroupVerdict> verdicts = new ArrayList<>();
        Map<String, Map<TopicPartition, NextRecord>> expected = nextOnSource();
        for (IsolationLevel isolation : BOTH) {
            String reader = isolation.toString().toLowerCase(java.util.Locale.ROOT);
            Contents found = new LogReader(target).read(wanted.records().keySet(), isolation);
            Comparison comparison = compare(reader, wanted, found);
            records.add(comparison);
            story.say("a " + reader + " consumer reads " + Story.count(found.count()) + " records: "
                    + (comparison.exact() ? "each once, byte for byte, in order" : "NOT what the source has"));
            List<GroupVerdict> of = verdicts(isolation, wanted, found, expected);
            verdicts.addAll(of);
            story.say("  and in " + of.stream().filter(GroupVerdict::exact).count() + " of " + of.size()
                    + " groups it reads next what it would have read next on the source");
        }
        return new Proof(records, verdicts, configs());
    }

    private Map<String, Map<TopicPartition, NextRecord>> nextOnSource() {
        GroupMember member = new GroupMember(source);
        return groups.stream()
                .collect(Collectors.toMap(
                        GroupSpec::id,
                        group -> member.next(group.id(), group.partitions(topics), IsolationLevel.READ_COMMITTED)));
    }

    private List<GroupVerdict> verdicts(
            IsolationLevel isolation,
            Contents wanted,
            Contents found,
            Map<String, Map<TopicPartition, NextRecord>> expected) {
        GroupMember member = new GroupMember(target);
        List<GroupVerdict> verdicts = new ArrayList<>();
        for (GroupSpec group : groups) {
            Side there = new Side(member.next(group.id(), group.partitions(topics), isolation), found);
            verdicts.add(
                    GroupVerdict.of(group.id(), new Side(expected.getOrDefault(group.id(), Map.of()), wanted), there));
        }
        return verdicts;
    }

    private static Comparison compare(String reader, Contents wanted, Contents found) {
        return wanted.records().keySet().stream()
                .map(each -> Comparison.of(each + " (" + reader + ")", wanted.of(each), found.of(each)))
                .reduce(Comparison.NONE, Comparison::plus);
    }

    /** Retention and compaction, held back during the restore, have to be what they are on the source. */
    private List<String> configs() throws InterruptedException {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
                .toList();
        Map<String, Map<String, String>> there = own(source, resources);
        Map<String, Map<String, String>> here = own(target, resources);
        return there.entrySet().stream()
                .filter(topic -> !topic.getValue().equals(here.get(topic.getKey())))
                .map(topic -> "topic " + topic.getKey() + ": settings " + here.get(topic.getKey()) + ", on the source "
                        + topic.getValue())
                .toList();
    }

    private static Map<String, Map<String, String>> own(String bootstrap, List<ConfigResource> resources)
            throws InterruptedException {
        try (Admin admin = Clients.admin(bootstrap)) {
            Map<ConfigResource, Config> all =
                    Clients.await(admin.describeConfigs(resources).all());
            return all.entrySet().stream()
                    .collect(Collectors.toMap(each -> each.getKey().name(), each -> own(each.getValue())));
        }
    }

    private static Map<String, String> own(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }
}
