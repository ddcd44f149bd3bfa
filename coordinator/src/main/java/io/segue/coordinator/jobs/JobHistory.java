package io.segue.coordinator.jobs;

import io.segue.coordinator.jobs.JobStanding.Active;
import io.segue.coordinator.jobs.JobStanding.Ended;
import io.segue.coordinator.jobs.JobStanding.Paused;
import io.segue.coordinator.jobs.JobStanding.Submitted;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobEvent.DataDone;
import io.segue.protocol.job.JobEvent.Finished;
import io.segue.protocol.job.JobEvent.Interrupted;
import io.segue.protocol.job.JobEvent.Obeyed;
import io.segue.protocol.job.JobEvent.Opened;
import io.segue.protocol.job.JobEvent.RebuildBegun;
import io.segue.protocol.job.JobEvent.Refused;
import io.segue.protocol.job.JobEvent.ShardReset;
import io.segue.protocol.job.JobEvent.SnapshotTaken;
import io.segue.protocol.job.JobEvent.Suspended;
import io.segue.protocol.job.JobEvent.Thawed;
import io.segue.protocol.job.JobEvent.TopicPlanned;
import io.segue.protocol.job.JobEvent.TopicReady;
import io.segue.protocol.job.JobEvent.TopicsPlanned;
import io.segue.protocol.job.JobEvent.TopicsReady;
import io.segue.protocol.job.JobEvent.TopicsThawed;
import io.segue.protocol.job.JobState;
import io.segue.protocol.kafka.TopicPartition;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What a job has done so far: the fold of its journal. */
public final class JobHistory {
    private final Map<String, TopicPlanned> planned = new LinkedHashMap<>();
    private final Map<String, TopicReady> ready = new LinkedHashMap<>();
    private final Map<Integer, ShardReset> shards = new LinkedHashMap<>();
    private final Map<String, Thawed> thawed = new LinkedHashMap<>();
    private final Set<String> everThawed = new HashSet<>();
    private final Set<String> toRebuild = new LinkedHashSet<>();
    private final Set<TopicPartition> rebuilding = new LinkedHashSet<>();
    private int rebuilds;
    private Optional<String> snapshot = Optional.empty();
    private Optional<Finished> finished = Optional.empty();
    private JobStanding standing = new Submitted();
    private OptionalLong startedAt = OptionalLong.empty();
    private List<String> retried = List.of();
    private int epoch;
    private int commands;

    private JobHistory() {}

    public static JobHistory of(List<JobEvent> events) {
        JobHistory history = new JobHistory();
        events.forEach(history::add);
        return history;
    }

    private void add(JobEvent event) {
        if (event instanceof Opened opened) {
            opened(opened);
        } else if (event instanceof Obeyed obeyed) {
            commands = Math.max(commands, obeyed.number());
            obey(obeyed.command());
        } else if (event instanceof TopicsPlanned topics) {
            topics.topics().forEach(this::add);
        } else if (event instanceof TopicsReady topics) {
            topics.topics().forEach(this::add);
        } else if (event instanceof TopicsThawed topics) {
            topics.topics().forEach(this::add);
        } else if (event instanceof TopicPlanned topic) {
            planned.put(topic.topic(), topic);
        } else if (event instanceof TopicReady topic) {
            ready.put(topic.topic(), topic);
        } else if (event instanceof RebuildBegun begun) {
            toRebuild.clear();
            rebuilding.addAll(begun.partitions());
        } else if (event instanceof DataDone) {
            rebuilding.clear();
            standing = new Active(JobState.RESETTING);
        } else if (event instanceof SnapshotTaken taken) {
            snapshot = Optional.of(taken.key());
        } else if (event instanceof ShardReset shard) {
            shards.put(shard.shard(), shard);
        } else if (event instanceof Thawed topic) {
            thawed.put(topic.topic(), topic);
            if (topic.frozenBecause().isEmpty()) {
                everThawed.add(topic.topic());
            }
        } else if (event instanceof Interrupted stop) {
            standing = new JobStanding.Interrupted(stop.reason());
        } else if (event instanceof Suspended stop) {
            standing = new Paused(stop.reason());
        } else if (event instanceof Refused refused) {
            standing = new Ended(JobState.FAILED, refused.reasons());
        } else if (event instanceof Finished end) {
            standing = new Ended(end.state(), List.of());
            finished = Optional.of(end);
        }
    }

    private void opened(Opened opened) {
        epoch = opened.epoch();
        if (startedAt.isEmpty()) {
            startedAt = OptionalLong.of(opened.at());
        }
        if (standing.open()) {
            standing = new Active(JobState.RUNNING);
        }
    }

    private void obey(JobCommand command) {
        if (command instanceof JobCommand.Pause pause && standing.open()) {
            standing = new Paused("paused by " + pause.by());
        } else if (command instanceof JobCommand.Cancel cancel && !(standing instanceof Ended)) {
            standing = new Ended(JobState.CANCELLED, List.of("cancelled by " + cancel.by()));
        } else if (command instanceof JobCommand.Resume && resumable()) {
            goOn(List.of());
        } else if (command instanceof JobCommand.RetryFailed retry && resumable()) {
            goOn(retry.tasks());
        } else if (command instanceof JobCommand.Rebuild rebuild && rebuildable()) {
            goOn(List.of());
            rebuilds++;
            toRebuild.addAll(rebuild.places());
            rebuild.places().forEach(place -> thawed.remove(Rebuilds.topic(place)));
        }
    }

    private boolean rebuildable() {
        return !(standing instanceof Ended ended) || ended.rebuildable();
    }

    private boolean resumable() {
        return !(standing instanceof Ended ended) || ended.resumable();
    }

    private void goOn(List<String> tasks) {
        standing = new Active(JobState.RUNNING);
        finished = Optional.empty();
        retried = tasks;
    }

    /** Of the newest coordinator that opened the job; 0 before the first. */
    public int epoch() {
        return epoch;
    }

    /** Of the job's command log: from the first on, so many have been seen to. */
    public int commands() {
        return commands;
    }

    public JobStanding standing() {
        return standing;
    }

    /** As it is shown. */
    public JobState state() {
        return standing.state();
    }

    /** When a coordinator first opened it, epoch milliseconds. */
    public OptionalLong startedAt() {
        return startedAt;
    }

    /** Failed tasks that alone are to be tried again; empty: all of them. */
    public List<String> retried() {
        return retried;
    }

    public Map<String, TopicPlanned> planned() {
        return planned;
    }

    public Map<String, TopicReady> ready() {
        return ready;
    }

    /** Shards of the reset that have ended at least once. */
    public Map<Integer, ShardReset> shards() {
        return shards;
    }

    public Map<String, Thawed> thawed() {
        return thawed;
    }

    /** Topics that had their own configs back at some time. */
    public Set<String> everThawed() {
        return everThawed;
    }

    /** Topics, and partitions as {@code topic:partition}, that were commanded to be rebuilt and are not begun yet. */
    public Set<String> toRebuild() {
        return toRebuild;
    }

    /** Commands to rebuild something, so far. */
    public int rebuilds() {
        return rebuilds;
    }

    /** Target partitions that are rebuilt and not audited since. */
    public Set<TopicPartition> rebuilding() {
        return rebuilding;
    }

    /** Key of the newest group snapshot taken before a shard of the reset. */
    public Optional<String> snapshot() {
        return snapshot;
    }

    public Optional<Finished> finished() {
        return finished;
    }
}
