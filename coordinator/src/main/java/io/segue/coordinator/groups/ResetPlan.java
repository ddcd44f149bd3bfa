package io.segue.coordinator.groups;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What will be committed for which group, and what will not, and why. Made before anything is changed; a plan for very many
 * groups is made, stored and applied in shards.
 *
 * @param made how it came about, and of which world it speaks
 */
public record ResetPlan(PlanOrigin made, List<GroupPlan> groups) {
    public ResetPlan {
        groups = List.copyOf(groups);
    }

    /** How a new offset came about. */
    public enum Kind {
        /** The record at the committed offset was restored: this is it. */
        EXACT,
        /** The record at the committed offset does not exist any more: this is the next survivor. */
        IN_GAP,
        /** The group was before the first restored record: this is that one. */
        BEFORE_START,
        /** The group had read everything that was restored: one past the last. */
        PAST_END,
        /** Several source partitions share the target partition: the least position that skips nothing. */
        LOW_WATER,
        /** Nothing was restored, and the target partition is empty: its only position. */
        ONLY_POSITION,
        /** The start of the log, because the operator chose it. */
        EARLIEST,
        /** The end of the log, because the operator chose it. */
        LATEST,
        /** The first record at or after the time that the operator chose. */
        TIMESTAMP,
        /** The offset that the operator chose. */
        OFFSET
    }

    /**
     * One group's part.
     *
     * @param standing state and type of the group when the plan was made, such as {@code Empty, classic}
     * @param commits in the order of their target partitions
     * @param refusals topics on which nothing is committed, though the group had offsets there
     * @param notes what a person may want to know, without which nothing is wrong
     */
    public record GroupPlan(
            String groupId, String standing, List<PlannedCommit> commits, List<Refusal> refusals, List<String> notes) {
        public GroupPlan {
            commits = List.copyOf(commits);
            refusals = List.copyOf(refusals);
            notes = List.copyOf(notes);
        }

        /** What to commit on the target. */
        public GroupCommits wanted() {
            Map<TopicPartition, Commit> wanted = new TreeMap<>();
            commits.forEach(commit -> wanted.put(commit.target(), new Commit(commit.offset(), commit.metadata())));
            return new GroupCommits(groupId, wanted);
        }

        /** The same with other commits. */
        public GroupPlan with(List<PlannedCommit> other) {
            return new GroupPlan(groupId, standing, other, refusals, notes);
        }
    }

    /**
     * One offset.
     *
     * @param source null where the strategy does not look at source offsets
     * @param committed on the source; null as {@code source}
     * @param current on the target before the reset; null if there is none
     * @param offset what will be committed
     * @param readAgain records that the group has read on the source and will read again; 0 where partitions are kept
     * @param lag records of the target log that the group has not read, at the time of planning
     * @param timestamp of the record at {@code offset}, epoch milliseconds; null at the end of the log, or if not looked up
     */
    public record PlannedCommit(
            @Nullable TopicPartition source,
            TopicPartition target,
            @Nullable Long committed,
            @Nullable Long current,
            long offset,
            @Nullable String metadata,
            Kind kind,
            long readAgain,
            long lag,
            @Nullable Long timestamp) {
        PlannedCommit readingAgain(long records) {
            return new PlannedCommit(
                    source, target, committed, current, offset, metadata, kind, records, lag, timestamp);
        }

        PlannedCommit at(@Nullable Long time) {
            return new PlannedCommit(source, target, committed, current, offset, metadata, kind, readAgain, lag, time);
        }
    }

    /** @param topic source topic; null if the whole group is refused */
    public record Refusal(@Nullable String topic, String reason) {
        @Override
        public String toString() {
            return topic == null ? reason : topic + ": " + reason;
        }
    }

    /** Offsets that would be committed. */
    public int offsets() {
        return groups.stream().mapToInt(group -> group.commits().size()).sum();
    }
}
