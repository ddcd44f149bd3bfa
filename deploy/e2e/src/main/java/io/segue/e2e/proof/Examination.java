package io.segue.e2e.proof;

import io.segue.e2e.proof.GroupVerdict.Side;
import io.segue.e2e.proof.LogReader.Contents;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Compares source and target with Kafka's own clients; nothing of Segue takes part. */
public final class Examination {
    private static final List<IsolationLevel> BOTH =
            List.of(IsolationLevel.READ_UNCOMMITTED, IsolationLevel.READ_COMMITTED);

    private final String source;
    private final String target;
    private final Set<String> topics;
    private final Map<String, List<TopicPartition>> groups;

    /**
     * @param topics that have the same partitions on both sides
     * @param groups each with all partitions of the topics that it reads
     */
    public Examination(String source, String target, Set<String> topics, Map<String, List<TopicPartition>> groups) {
        this.source = source;
        this.target = target;
        this.topics = Set.copyOf(topics);
        this.groups = Map.copyOf(groups);
    }

    /**
     * @param wanted the committed records of the source
     * @param story takes what is found, for people
     */
    public Proof examine(Contents wanted, Consumer<String> story) throws InterruptedException {
        List<Comparison> records = new ArrayList<>();
        List<GroupVerdict> verdicts = new ArrayList<>();
        Map<String, Map<TopicPartition, NextRecord>> expected = nextOnSource();
        for (IsolationLevel isolation : BOTH) {
            String reader = isolation.toString().toLowerCase(Locale.ROOT);
            Contents found = new LogReader(target).read(wanted.records().keySet(), isolation);
            Comparison comparison = compare(reader, wanted, found);
            records.add(comparison);
            story.accept(
                    "a " + reader + " consumer reads " + String.format(Locale.ROOT, "%,d", found.count()) + " records: "
                            + (comparison.exact() ? "each once, byte for byte, in order" : "NOT what the source has"));
            List<GroupVerdict> of = verdicts(isolation, wanted, found, expected);
            verdicts.addAll(of);
            story.accept("  and in " + of.stream().filter(GroupVerdict::exact).count() + " of " + of.size()
                    + " groups it reads next what it would have read next on the source");
        }
        return new Proof(records, verdicts, TopicSettings.differences(source, target, topics));
    }

    private Map<String, Map<TopicPartition, NextRecord>> nextOnSource() {
        GroupMember member = new GroupMember(source);
        return groups.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        group -> member.next(group.getKey(), group.getValue(), IsolationLevel.READ_COMMITTED)));
    }

    private List<GroupVerdict> verdicts(
            IsolationLevel isolation,
            Contents wanted,
            Contents found,
            Map<String, Map<TopicPartition, NextRecord>> expected) {
        GroupMember member = new GroupMember(target);
        List<GroupVerdict> verdicts = new ArrayList<>();
        groups.forEach((group, partitions) -> {
            Side there = new Side(member.next(group, partitions, isolation), found);
            verdicts.add(GroupVerdict.of(group, new Side(expected.getOrDefault(group, Map.of()), wanted), there));
        });
        return verdicts;
    }

    private static Comparison compare(String reader, Contents wanted, Contents found) {
        return wanted.records().keySet().stream()
                .map(each -> Comparison.of(each + " (" + reader + ")", wanted.of(each), found.of(each)))
                .reduce(Comparison.NONE, Comparison::plus);
    }
}
