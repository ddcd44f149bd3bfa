package io.segue.coordinator.groups;

import io.segue.coordinator.groups.ResetPlan.Kind;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Translation;

/** Where a reset would put a group in one target partition. */
sealed interface Answer {
    record Position(TopicPartition target, long offset, Kind kind, LogRange log) implements Answer {}

    record Refused(String reason) implements Answer {}

    /** The operator's policy: leave the partition alone. */
    record Skipped() implements Answer {}

    /** Decided for each target partition as a whole, by rule R2. */
    record Shared() implements Answer {}

    /** Rule R1 for a committed source offset; each new offset lies within the target log, or it is refused (C6). */
    static Answer translated(Restored restored, long committed, TargetWorld world, NoAnswerPolicy policy) {
        if (restored instanceof Restored.Unproven unproven) {
            return new Refused("not proven: " + unproven.reason());
        }
        if (restored instanceof Restored.NothingArchived empty) {
            return noAnswer(empty.target(), world, policy);
        }
        if (restored instanceof Restored.Spread) {
            return new Shared();
        }
        Restored.Proven proven = (Restored.Proven) restored;
        TopicPartition target = proven.mapping().target();
        Translation translation = proven.mapping().translate(committed);
        if (translation instanceof Translation.Exact exact) {
            return within(target, exact.target(), Kind.EXACT, world);
        }
        if (translation instanceof Translation.InGap gap) {
            return within(target, gap.target(), Kind.IN_GAP, world);
        }
        if (translation instanceof Translation.BeforeStart before) {
            return within(target, before.target(), Kind.BEFORE_START, world);
        }
        if (translation instanceof Translation.PastEnd past) {
            return within(target, past.target(), Kind.PAST_END, world);
        }
        return noAnswer(target, world, policy);
    }

    /** Rule R2, for a target partition that several source partitions share or one is spread over. */
    static Answer lowWater(SharedTargets.Position shared, TargetWorld world, NoAnswerPolicy policy) {
        return shared.translation()
                .position()
                .map(offset -> within(shared.target(), offset, Kind.LOW_WATER, world))
                .orElseGet(() -> noAnswer(shared.target(), world, policy));
    }

    /** What the operator chose, whatever was committed on the source. */
    static Answer chosen(TopicPartition target, ResetStrategy strategy, TargetWorld world) {
        LogRange log = world.logs().get(target);
        if (log == null) {
            return missing(target);
        }
        if (strategy instanceof ResetStrategy.Earliest) {
            return new Position(target, log.start(), Kind.EARLIEST, log);
        }
        if (strategy instanceof ResetStrategy.Latest) {
            return new Position(target, log.highWatermark(), Kind.LATEST, log);
        }
        if (strategy instanceof ResetStrategy.Timestamp timestamp) {
            Long found = world.byTime()
                    .getOrDefault(timestamp.millis(), java.util.Map.of())
                    .get(target);
            return new Position(target, found == null ? log.highWatermark() : found, Kind.TIMESTAMP, log);
        }
        if (strategy instanceof ResetStrategy.Offset offset) {
            return within(target, offset.offset(), Kind.OFFSET, world);
        }
        throw new IllegalArgumentException(strategy.word() + " needs a committed source offset");
    }

    private static Answer within(TopicPartition target, long offset, Kind kind, TargetWorld world) {
        LogRange log = world.logs().get(target);
        if (log == null) {
            return missing(target);
        }
        if (offset < log.start() || offset > log.highWatermark()) {
            String range = " is outside the log (" + log.start() + " to " + log.highWatermark() + ")";
            return new Refused(
                    kind == Kind.OFFSET
                            ? "offset " + offset + " of " + target + range
                            : "its place on the target, offset " + offset + " of " + target + "," + range
                                    + ": records were deleted");
        }
        return new Position(target, offset, kind, log);
    }

    /** Rule R1 has no answer where nothing was restored; an empty log has one position only, so that nothing is chosen. */
    private static Answer noAnswer(TopicPartition target, TargetWorld world, NoAnswerPolicy policy) {
        LogRange log = world.logs().get(target);
        if (log == null) {
            return missing(target);
        }
        if (log.start() == log.highWatermark()) {
            return new Position(target, log.start(), Kind.ONLY_POSITION, log);
        }
        return switch (policy) {
            case EARLIEST -> new Position(target, log.start(), Kind.EARLIEST, log);
            case LATEST -> new Position(target, log.highWatermark(), Kind.LATEST, log);
            case SKIP -> new Skipped();
            case REFUSE ->
                new Refused("nothing was restored of it, and " + target
                        + " holds other records: decide with restore.no_mapping (earliest, latest or skip)");
        };
    }

    private static Answer missing(TopicPartition target) {
        return new Refused("target partition " + target + " does not exist");
    }
}
