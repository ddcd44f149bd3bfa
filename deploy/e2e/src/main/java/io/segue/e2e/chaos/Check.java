package io.segue.e2e.chaos;

import io.segue.e2e.proof.Comparison;
import io.segue.e2e.proof.Examination;
import io.segue.e2e.proof.GroupMember;
import io.segue.e2e.proof.GroupVerdict;
import io.segue.e2e.proof.GroupVerdict.Side;
import io.segue.e2e.proof.LogReader;
import io.segue.e2e.proof.LogReader.Contents;
import io.segue.e2e.proof.Proof;
import io.segue.e2e.proof.Repartitioned;
import io.segue.e2e.source.GroupSpec;
import io.segue.e2e.source.TopicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What plain clients find on the target after a round. */
final class Check {
    private final String source;
    private final String target;
    private final Prepared prepared;

    Check(String source, String target, Prepared prepared) {
        this.source = source;
        this.target = target;
        this.prepared = prepared;
    }

    Proof proof(Consumer<String> story) throws InterruptedException {
        Mix mix = prepared.mix();
        List<GroupSpec> same = mix.groups().stream()
                .filter(group -> !group.places().containsKey(mix.repartitioned()))
                .toList();
        Proof proof = new Examination(
                        source,
                        target,
                        prepared.topics().stream().map(TopicSpec::name).collect(Collectors.toUnmodifiableSet()),
                        same.stream()
                                .collect(Collectors.toMap(GroupSpec::id, group -> group.partitions(prepared.topics()))))
                .examine(prepared.same(), story);
        List<Comparison> records = new ArrayList<>(proof.records());
        List<GroupVerdict> groups = new ArrayList<>(proof.groups());
        for (IsolationLevel isolation : IsolationLevel.values()) {
            Contents found = new LogReader(target).read(targetPartitions(), isolation);
            records.add(Repartitioned.compare(isolation.toString(), prepared.repartitioned(), found));
            for (GroupSpec group : mix.groups()) {
                if (!same.contains(group)) {
                    groups.add(across(group, isolation, found, story));
                }
            }
        }
        return new Proof(records, groups, proof.configs());
    }

    private GroupVerdict across(GroupSpec group, IsolationLevel isolation, Contents found, Consumer<String> story) {
        Side there = new Side(
                new GroupMember(source)
                        .next(group.id(), group.partitions(prepared.topics()), IsolationLevel.READ_COMMITTED),
                prepared.repartitioned());
        Side here = new Side(new GroupMember(target).next(group.id(), targetPartitions(), isolation), found);
        story.accept(group.id() + " reads " + Repartitioned.readAgain(there, here)
                + " records again, since its partitions changed");
        return Repartitioned.verdict(group.id(), there, here);
    }

    private List<TopicPartition> targetPartitions() {
        return IntStream.range(0, prepared.mix().targetPartitions())
                .mapToObj(partition -> new TopicPartition(prepared.mix().repartitioned(), partition))
                .toList();
    }
}
