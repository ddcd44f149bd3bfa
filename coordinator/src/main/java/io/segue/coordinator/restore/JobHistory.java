package io.segue.coordinator.restore;

import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobEvent.DataDone;
import io.segue.protocol.job.JobEvent.Finished;
import io.segue.protocol.job.JobEvent.Interrupted;
import io.segue.protocol.job.JobEvent.Opened;
import io.segue.protocol.job.JobEvent.ShardReset;
import io.segue.protocol.job.JobEvent.SnapshotTaken;
import io.segue.protocol.job.JobEvent.Thawed;
import io.segue.protocol.job.JobEvent.TopicPlanned;
import io.segue.protocol.job.JobEvent.TopicReady;
import io.segue.protocol.job.JobEvent.TopicsPlanned;
import io.segue.protocol.job.JobEvent.TopicsReady;
import io.segue.protocol.job.JobEvent.TopicsThawed;
import io.segue.protocol.job.JobState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a job has done so far: the fold of its journal. */
public final class JobHistory {
    private final Map<String, TopicPlanned> planned = new LinkedHashMap<>();
    private final Map<String, TopicReady> ready = new LinkedHashMap<>();
    private final Map<Integer, ShardReset> shards = new LinkedHashMap<>();
    private final Map<String, Thawed> thawed = new LinkedHashMap<>();
    private Optional<String> snapshot = Optional.empty();
    private Optional<Finished> finished = Optional.empty();
    private JobState state = JobState.PLANNED;
    private int epoch;

    private JobHistory() {}

    public static JobHistory of(List<JobEvent> events) {
        JobHistory history = new JobHistory();
        events.forEach(history::add);
        return history;
    }

    private void add(JobEvent event) {
        if (event instanceof Opened opened) {
            epoch = opened.epoch();
            state = JobState.RUNNING;
            finished = Optional.empty();
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
        } else if (event instanceof DataDone) {
            state = JobState.RESETTING;
        } else if (event instanceof SnapshotTaken taken) {
            snapshot = Optional.of(taken.key());
        } else if (event instanceof ShardReset shard) {
            shards.put(shard.shard(), shard);
        } else if (event instanceof Thawed topic) {
            thawed.put(topic.topic(), topic);
        } else if (event instanceof Interrupted) {
            state = JobState.INTERRUPTED;
        } else if (event instanceof Finished end) {
            state = end.state();
            finished = Optional.of(end);
        }
    }

    /** Of the newest coordinator that opened the job; 0 before the first. */
    public int epoch() {
        return epoch;
    }

    public JobState state() {
        return state;
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

    /** Key of the newest group snapshot taken before a shard of the reset. */
    public Optional<String> snapshot() {
        return snapshot;
    }

    public Optional<Finished> finished() {
        return finished;
    }
}
