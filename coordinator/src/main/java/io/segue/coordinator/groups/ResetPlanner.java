package io.segue.coordinator.groups;

import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.coordinator.groups.ResetPlan.PlannedCommit;
import io.segue.coordinator.groups.ResetPlan.Refusal;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.KafkaCluster.Group;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Translation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a reset commits. Pure. For each group, topic by topic:
 *
 * <ol>
 *   <li>a topic that the restore did not take in is noted and left alone;
 *   <li>where the strategy translates, each committed source offset is translated by rule R1, and where there is no answer
 *       the operator's policy decides; target partitions that several source partitions share get one position by rule R2;
 *   <li>another strategy answers for every partition of the topic;
 *   <li>each new offset lies within the target log, or it is refused (C6);
 *   <li>unless every partition of the topic on which the group had committed has an answer, nothing is committed for that
 *       group and topic (R4): the rest would go where {@code auto.offset.reset} sends it, and may skip records.
 * </ol>
 */
public final class ResetPlanner {
    private static final int NAMED = 5;

    private final ResetRequest request;
    private final TargetWorld world;
    private final TargetGroups groups;
    private final Map<String, String> sources;

    private ResetPlanner(ResetRequest request, TargetWorld world, TargetGroups groups) {
        this.request = request;
        this.world = world;
        this.groups = groups;
        this.sources = request.sources();
    }

    /** @return one plan for each of the ids, in order */
    public static List<GroupPlan> plan(
            ResetRequest request, TargetWorld world, TargetGroups groups, Collection<String> ids) {
        ResetPlanner planner = new ResetPlanner(request, world, groups);
        return new TreeSet<>(ids).stream().map(planner::group).toList();
    }

    private GroupPlan group(String groupId) {
        Group standing = groups.standing().getOrDefault(groupId, new Group(groupId, "Dead", "none", List.of()));
        Draft draft = new Draft(groupId, standing);
        Optional<GroupCommits> current = groups.current().group(groupId);
        Map<String, Map<TopicPartition, Commit>> byTopic =
                byTopic(request.source().groups().get(groupId));
        String denied = groups.denied().get(groupId);
        if (denied != null) {
            return draft.refused(denied);
        }
        if (standing.type().equals("share")) {
            return draft.refused("a share group has no committed offsets, only a start offset that its own tool sets:"
                    + " kafka-share-groups.sh --reset-offsets");
        }
        if (current.isEmpty()) {
            return draft.refused(
                    "the group snapshot of the target lacks it, as it could not be read then: make another reset"
                            + " (offset-reset execute --again)");
        }
        if (!request.source().groups().containsKey(groupId)) {
            if (request.strategies().of(groupId, "") instanceof ResetStrategy.Translate) {
                return draft.refused(request.source().origin() + " knows no group '" + groupId
                        + "': check the name, or name a source of its offsets that has it");
            }
            current.get().commits().keySet().forEach(at -> byTopic.putIfAbsent(source(at.topic()), Map.of()));
        }
        if (request.strategies().restored().isEmpty()) {
            request.topics().forEach(topic -> byTopic.putIfAbsent(source(topic), Map.of()));
        }
        if (byTopic.isEmpty()) {
            draft.notes.add("had no committed offsets");
        }
        byTopic.forEach((topic, commits) -> topic(topic, commits, draft));
        return draft.plan();
    }

    private String source(String target) {
        return sources.getOrDefault(target, target);
    }

    private static Map<String, Map<TopicPartition, Commit>> byTopic(@Nullable GroupCommits source) {
        Map<String, Map<TopicPartition, Commit>> byTopic = new TreeMap<>();
        if (source != null) {
            source.commits()
                    .forEach((partition, commit) -> byTopic.computeIfAbsent(partition.topic(), t -> new TreeMap<>())
                            .put(partition, commit));
        }
        return byTopic;
    }

    private void topic(String topic, Map<TopicPartition, Commit> commits, Draft draft) {
        if (!request.wants(topic)) {
            return;
        }
        ResetStrategy strategy = request.strategies().of(draft.groupId, topic);
        List<PlannedCommit> planned = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        if (strategy instanceof ResetStrategy.Translate translate) {
            if (!translate.restored().topics().contains(topic)) {
                draft.notes.add("had offsets on topic " + topic + ", which was not restored");
                return;
            }
            commits.forEach((partition, commit) -> {
                Restored restored = translate.restored().partitions().get(partition);
                Answer answer = restored == null
                        ? new Answer.Refused("it is not part of this restore")
                        : Answer.translated(restored, commit.offset(), world, request.noAnswer());
                take(draft, partition, commit, answer, planned, problems);
                beyondTheEnd(draft, partition, commit, restored);
            });
            shared(topic, translate.restored(), draft, planned, problems);
        } else {
            String target = request.target(topic);
            Topic found = world.topics().get(target);
            if (found == null) {
                draft.notes.add("topic " + target + " does not exist on the target");
                return;
            }
            for (int p = 0; p < found.partitions(); p++) {
                TopicPartition place = new TopicPartition(target, p);
                take(draft, place, null, Answer.chosen(place, strategy, world), planned, problems);
            }
        }
        conclude(topic, planned, problems, draft);
    }

    /** Rule R2, once for each target partition that several source partitions share or one is spread over. */
    private void shared(
            String topic,
            RestoredPartitions restored,
            Draft draft,
            List<PlannedCommit> planned,
            List<String> problems) {
        Map<TopicPartition, Commit> commits = Optional.ofNullable(
                        request.source().groups().get(draft.groupId))
                .map(GroupCommits::commits)
                .orElse(Map.of());
        for (SharedTargets.Position shared : SharedTargets.of(restored, topic, commits)) {
            Answer answer = Answer.lowWater(shared, world, request.noAnswer());
            if (answer instanceof Answer.Position position) {
                Commit commit = commits.getOrDefault(shared.next(), new Commit(0, null));
                planned.add(
                        planned(draft.groupId, shared.next(), commit, position).readingAgain(shared.readAgain()));
            } else {
                take(draft, shared.target(), null, answer, planned, problems);
            }
        }
    }

    private void take(
            Draft draft,
            TopicPartition asked,
            @Nullable Commit commit,
            Answer answer,
            List<PlannedCommit> planned,
            List<String> problems) {
        if (answer instanceof Answer.Refused refused) {
            problems.add("partition " + asked.partition() + ": " + refused.reason());
        } else if (answer instanceof Answer.Skipped) {
            draft.notes.add(asked + " is skipped: nothing was restored of it");
        } else if (answer instanceof Answer.Position position) {
            planned.add(planned(draft.groupId, asked, commit, position));
        }
    }

    private static void beyondTheEnd(
            Draft draft, TopicPartition partition, Commit commit, @Nullable Restored restored) {
        if (restored instanceof Restored.Proven proven
                && proven.mapping().translate(commit.offset()) instanceof Translation.PastEnd past
                && commit.offset() > past.lastSource() + 1) {
            draft.notes.add(partition + ": the group had read up to source offset " + commit.offset()
                    + ", what was restored ends at " + (past.lastSource() + 1));
        }
    }

    private void conclude(String topic, List<PlannedCommit> planned, List<String> problems, Draft draft) {
        if (problems.isEmpty()) {
            draft.commits.addAll(planned);
        } else if (request.allowPartial()) {
            draft.commits.addAll(planned);
            draft.notes.add(
                    "topic " + topic + " in part, as allowed; auto.offset.reset decides for " + joined(problems));
        } else {
            draft.refusals.add(new Refusal(topic, joined(problems)));
        }
    }

    private static String joined(List<String> problems) {
        String first = String.join("; ", problems.subList(0, Math.min(NAMED, problems.size())));
        return problems.size() <= NAMED ? first : first + "; and " + (problems.size() - NAMED) + " more partitions";
    }

    private PlannedCommit planned(
            String groupId, TopicPartition asked, @Nullable Commit commit, Answer.Position position) {
        Optional<Commit> current = groups.current()
                .group(groupId)
                .flatMap(group -> Optional.ofNullable(group.commits().get(position.target())));
        return new PlannedCommit(
                commit == null ? null : asked,
                position.target(),
                commit == null ? null : commit.offset(),
                current.map(Commit::offset).orElse(null),
                position.offset(),
                commit == null ? null : commit.metadata(),
                position.kind(),
                0,
                position.log().highWatermark() - position.offset(),
                null);
    }

    /** A group's plan in the making. */
    private static final class Draft {
        final String groupId;
        final Group standing;
        final List<PlannedCommit> commits = new ArrayList<>();
        final List<Refusal> refusals = new ArrayList<>();
        final List<String> notes = new ArrayList<>();

        Draft(String groupId, Group standing) {
            this.groupId = groupId;
            this.standing = standing;
            if (!standing.idle()) {
                notes.add("is " + standing.state() + " with members " + standing.members()
                        + ": stop them, or the reset is blocked");
            }
            if (standing.type().equals("streams")) {
                notes.add("is a Streams application: remove its local state before it starts again");
            }
        }

        GroupPlan refused(String reason) {
            return new GroupPlan(groupId, words(), List.of(), List.of(new Refusal(null, reason)), List.of());
        }

        private String words() {
            return standing.state() + ", " + standing.type();
        }

        /**
         * Two source partitions with two places in one target partition have no single position: both topics are refused.
         */
        GroupPlan plan() {
            Map<TopicPartition, PlannedCommit> byTarget = new TreeMap<>();
            List<Refusal> clashes = new ArrayList<>();
            for (PlannedCommit commit : commits) {
                PlannedCommit other = byTarget.put(commit.target(), commit);
                if (other != null && other.offset() != commit.offset()) {
                    clashes.add(clash(commit, other));
                    clashes.add(clash(other, commit));
                }
            }
            Set<@Nullable String> refused =
                    new TreeSet<>(clashes.stream().map(Refusal::topic).toList());
            byTarget.values()
                    .removeIf(commit -> commit.source() != null
                            && refused.contains(commit.source().topic()));
            refusals.addAll(clashes.stream().distinct().toList());
            return new GroupPlan(groupId, words(), List.copyOf(byTarget.values()), refusals, notes);
        }

        private static Refusal clash(PlannedCommit one, PlannedCommit other) {
            String topic =
                    one.source() == null ? one.target().topic() : one.source().topic();
            return new Refusal(
                    topic, one.source() + " and " + other.source() + " share target partition " + one.target());
        }
    }
}
