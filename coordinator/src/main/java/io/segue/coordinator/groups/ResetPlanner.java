package io.segue.coordinator.groups;

import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.coordinator.groups.ResetPlan.Kind;
import io.segue.coordinator.groups.ResetPlan.PlannedCommit;
import io.segue.coordinator.groups.ResetPlan.Refusal;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides what a reset commits. Pure. For each group, topic by topic:
 *
 * <ol>
 *   <li>a topic that the restore did not take in is noted and left alone;
 *   <li>each committed source offset is translated by rule R1; where there is no answer the operator's policy decides;
 *   <li>each new offset lies within the target log, or it is refused (C6);
 *   <li>unless every partition of the topic on which the group had committed has an answer, nothing is committed for that
 *       group and topic (R4): the rest would go where {@code auto.offset.reset} sends it, and may skip records.
 * </ol>
 */
public final class ResetPlanner {
    private static final int NAMED = 5;

    private final ResetInput input;

    private ResetPlanner(ResetInput input) {
        this.input = input;
    }

    public static ResetPlan plan(ResetInput input) {
        ResetPlanner planner = new ResetPlanner(input);
        return new ResetPlan(ResetInput.selected(input.source(), input.groups()).stream()
                .map(planner::group)
                .toList());
    }

    private GroupPlan group(String groupId) {
        GroupCommits source = input.source().groups().get(groupId);
        if (source == null) {
            String reason = input.source().origin() + " of the backup knows no group '" + groupId
                    + "': check the name, or take a backup that holds its offsets";
            return new GroupPlan(groupId, List.of(), List.of(new Refusal(null, reason)), List.of());
        }
        if (input.current().group(groupId).isEmpty()) {
            String reason = "the group snapshot of the target lacks it";
            return new GroupPlan(groupId, List.of(), List.of(new Refusal(null, reason)), List.of());
        }
        Map<String, Map<TopicPartition, Commit>> byTopic = new TreeMap<>();
        source.commits()
                .forEach((partition, commit) -> byTopic.computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                        .put(partition, commit));
        Draft draft = new Draft(groupId, source.commits());
        if (byTopic.isEmpty()) {
            draft.notes.add("had no committed offsets on the source");
        }
        byTopic.forEach((topic, commits) -> topic(topic, commits, draft));
        return draft.plan();
    }

    private void topic(String topic, Map<TopicPartition, Commit> commits, Draft draft) {
        if (!input.restored().topics().contains(topic)) {
            draft.notes.add("had offsets on topic " + topic + ", which was not restored");
            return;
        }
        List<PlannedCommit> planned = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        commits.forEach((partition, commit) -> {
            Answer answer = answer(partition, commit.offset());
            if (answer instanceof Refused refused) {
                problems.add("partition " + partition.partition() + ": " + refused.reason());
            } else if (answer instanceof Skipped) {
                draft.notes.add(partition + " is skipped: nothing was restored of it");
            } else if (answer instanceof Position position) {
                planned.add(planned(draft.groupId, partition, commit, position, 0));
            }
        });
        shared(topic, draft, planned, problems);
        if (problems.isEmpty()) {
            draft.commits.addAll(planned);
        } else {
            draft.refusals.add(new Refusal(topic, joined(problems)));
        }
    }

    /** Rule R2, once for each target partition that several source partitions share or one is spread over. */
    private void shared(String topic, Draft draft, List<PlannedCommit> planned, List<String> problems) {
        for (SharedTargets.Position shared : SharedTargets.of(input.restored(), topic, draft.committed)) {
            Answer answer = shared.translation()
                    .position()
                    .map(offset -> within(shared.target(), offset, Kind.LOW_WATER))
                    .orElseGet(() -> noAnswer(shared.target()));
            if (answer instanceof Refused refused) {
                problems.add(refused.reason());
            } else if (answer instanceof Position position) {
                Commit commit = draft.commit(shared.next());
                planned.add(planned(draft.groupId, shared.next(), commit, position, shared.readAgain()));
            }
        }
    }

    private static String joined(List<String> problems) {
        String first = String.join("; ", problems.subList(0, Math.min(NAMED, problems.size())));
        return problems.size() <= NAMED ? first : first + "; and " + (problems.size() - NAMED) + " more partitions";
    }

    private PlannedCommit planned(
            String groupId, TopicPartition source, Commit commit, Position position, long readAgain) {
        Optional<Commit> current = input.current()
                .group(groupId)
                .flatMap(group -> Optional.ofNullable(group.commits().get(position.target())));
        return new PlannedCommit(
                source,
                position.target(),
                commit.offset(),
                current.map(Commit::offset).orElse(null),
                position.offset(),
                commit.metadata(),
                position.kind(),
                readAgain,
                position.log().highWatermark() - position.offset());
    }

    private Answer answer(TopicPartition source, long committed) {
        Restored restored = input.restored().partitions().get(source);
        if (restored instanceof Restored.Unproven unproven) {
            return new Refused("not proven: " + unproven.reason());
        }
        if (restored instanceof Restored.NothingArchived empty) {
            return noAnswer(empty.target());
        }
        if (restored instanceof Restored.Spread) {
            return new Elsewhere();
        }
        if (restored instanceof Restored.Proven proven) {
            TopicPartition target = proven.mapping().target();
            Translation translation = proven.mapping().translate(committed);
            if (translation instanceof Translation.Exact exact) {
                return within(target, exact.target(), Kind.EXACT);
            }
            if (translation instanceof Translation.InGap gap) {
                return within(target, gap.target(), Kind.IN_GAP);
            }
            if (translation instanceof Translation.BeforeStart before) {
                return within(target, before.target(), Kind.BEFORE_START);
            }
            if (translation instanceof Translation.PastEnd past) {
                return within(target, past.target(), Kind.PAST_END);
            }
            return noAnswer(target);
        }
        return new Refused("it is not part of this restore");
    }

    private Answer within(TopicPartition target, long offset, Kind kind) {
        LogRange log = input.logs().get(target);
        if (log == null) {
            return new Refused("target partition " + target + " does not exist");
        }
        if (offset < log.start() || offset > log.highWatermark()) {
            return new Refused("its place on the target, offset " + offset + " of " + target + ", is outside the log ("
                    + log.start() + " to " + log.highWatermark() + "): records were deleted");
        }
        return new Position(target, offset, kind, log);
    }

    /** Rule R1 has no answer where nothing was restored; an empty log has one position only, so that nothing is chosen. */
    private Answer noAnswer(TopicPartition target) {
        LogRange log = input.logs().get(target);
        if (log == null) {
            return new Refused("target partition " + target + " does not exist");
        }
        if (log.start() == log.highWatermark()) {
            return new Position(target, log.start(), Kind.ONLY_POSITION, log);
        }
        return switch (input.noAnswer()) {
            case EARLIEST -> new Position(target, log.start(), Kind.EARLIEST, log);
            case LATEST -> new Position(target, log.highWatermark(), Kind.LATEST, log);
            case SKIP -> new Skipped();
            case REFUSE ->
                new Refused("nothing was restored of it, and " + target
                        + " holds other records: decide with restore.no_mapping (earliest, latest or skip)");
        };
    }

    private sealed interface Answer {}

    private record Position(TopicPartition target, long offset, Kind kind, LogRange log) implements Answer {}

    private record Refused(String reason) implements Answer {}

    private record Skipped() implements Answer {}

    /** Decided for target partitions as a whole. */
    private record Elsewhere() implements Answer {}

    /** A group's plan in the making. */
    private static final class Draft {
        final String groupId;
        final List<PlannedCommit> commits = new ArrayList<>();
        final List<Refusal> refusals = new ArrayList<>();
        final List<String> notes = new ArrayList<>();
        private final Map<TopicPartition, Commit> source;
        final Map<TopicPartition, Long> committed = new TreeMap<>();

        Draft(String groupId, Map<TopicPartition, Commit> source) {
            this.groupId = groupId;
            this.source = source;
            source.forEach((partition, commit) -> committed.put(partition, commit.offset()));
        }

        /** Of a partition on which the group never committed: nothing is read of it yet. */
        Commit commit(TopicPartition partition) {
            return source.getOrDefault(partition, new Commit(0, null));
        }

        /** Two source partitions with one place on the target have no single position here: both topics are refused. */
        GroupPlan plan() {
            Map<TopicPartition, PlannedCommit> byTarget = new TreeMap<>();
            List<Refusal> clashes = new ArrayList<>();
            for (PlannedCommit commit : commits) {
                PlannedCommit other = byTarget.put(commit.target(), commit);
                if (other != null) {
                    clashes.add(clash(commit, other));
                    clashes.add(clash(other, commit));
                }
            }
            clashes.forEach(clash ->
                    byTarget.values().removeIf(commit -> commit.source().topic().equals(clash.topic())));
            refusals.addAll(clashes.stream().distinct().toList());
            return new GroupPlan(groupId, List.copyOf(byTarget.values()), refusals, notes);
        }

        private static Refusal clash(PlannedCommit one, PlannedCommit other) {
            return new Refusal(
                    one.source().topic(),
                    one.source() + " and " + other.source() + " share target partition " + one.target());
        }
    }
}
