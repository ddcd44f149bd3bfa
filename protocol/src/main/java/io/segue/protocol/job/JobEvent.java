package io.segue.protocol.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.segue.protocol.kafka.TopicPartition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a job's journal holds. State is the fold of these events. Version 1 of the format; golden files pin it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JobEvent.Opened.class, name = "opened"),
    @JsonSubTypes.Type(value = JobEvent.TopicPlanned.class, name = "topic-planned"),
    @JsonSubTypes.Type(value = JobEvent.TopicReady.class, name = "topic-ready"),
    @JsonSubTypes.Type(value = JobEvent.TopicsPlanned.class, name = "topics-planned"),
    @JsonSubTypes.Type(value = JobEvent.TopicsReady.class, name = "topics-ready"),
    @JsonSubTypes.Type(value = JobEvent.TopicsThawed.class, name = "topics-thawed"),
    @JsonSubTypes.Type(value = JobEvent.RebuildBegun.class, name = "rebuild-begun"),
    @JsonSubTypes.Type(value = JobEvent.DataDone.class, name = "data-done"),
    @JsonSubTypes.Type(value = JobEvent.SnapshotTaken.class, name = "snapshot-taken"),
    @JsonSubTypes.Type(value = JobEvent.ShardReset.class, name = "shard-reset"),
    @JsonSubTypes.Type(value = JobEvent.Thawed.class, name = "thawed"),
    @JsonSubTypes.Type(value = JobEvent.Interrupted.class, name = "interrupted"),
    @JsonSubTypes.Type(value = JobEvent.Suspended.class, name = "suspended"),
    @JsonSubTypes.Type(value = JobEvent.Obeyed.class, name = "obeyed"),
    @JsonSubTypes.Type(value = JobEvent.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = JobEvent.Finished.class, name = "finished"),
})
public sealed interface JobEvent {
    /**
     * A coordinator took the job over: every earlier one is superseded, because its next event has this number.
     *
     * @param epoch of the coordinator, from 1
     * @param process who, for people
     */
    record Opened(int epoch, String process, long at) implements JobEvent {}

    /**
     * A target topic is about to be created or frozen.
     *
     * @param create false if it existed before the job
     * @param intended configs to set as the last step; a null value removes the topic's own value
     */
    record TopicPlanned(String topic, boolean create, Map<String, @Nullable String> intended) implements JobEvent {}

    /**
     * A target topic exists, its deletions held back.
     *
     * @param topicId base64
     * @param bases log end of each partition before the first record of this job
     */
    record TopicReady(String topic, String topicId, List<Long> bases) implements JobEvent {}

    /** Many target topics are about to be created or frozen: jobs may have thousands. */
    record TopicsPlanned(List<TopicPlanned> topics) implements JobEvent {
        public TopicsPlanned {
            topics = List.copyOf(topics);
        }
    }

    /** Many target topics exist, their deletions held back. */
    record TopicsReady(List<TopicReady> topics) implements JobEvent {
        public TopicsReady {
            topics = List.copyOf(topics);
        }
    }

    /** Many topics have been thawed, or keep frozen configs. */
    record TopicsThawed(List<Thawed> topics) implements JobEvent {
        public TopicsThawed {
            topics = List.copyOf(topics);
        }
    }

    /**
     * What was commanded to be rebuilt is void in the logs of its tasks, and its groups will be reset again.
     *
     * @param order of the newest command to rebuild something, from 1
     * @param partitions of the target; none if nothing of it could be rebuilt
     */
    record RebuildBegun(int order, List<TopicPartition> partitions) implements JobEvent {
        public RebuildBegun {
            partitions = List.copyOf(partitions);
        }
    }

    /** Every task has ended and the audit is written. */
    record DataDone(int proven, int unproven) implements JobEvent {}

    /** The committed offsets that the reset will overwrite are stored. */
    record SnapshotTaken(String key) implements JobEvent {}

    /**
     * A shard of the reset has ended; {@code reset/{shard}/outcomes.json} has each group.
     *
     * @param complete groups of which nothing that was asked for is left undone
     */
    record ShardReset(int shard, int groups, int complete) implements JobEvent {}

    /**
     * A topic has the configs that it is meant to have, or keeps frozen ones.
     *
     * @param frozenBecause empty if it was thawed
     */
    record Thawed(String topic, String frozenBecause) implements JobEvent {}

    /** A clean stop before the end. */
    record Interrupted(int epoch, String reason) implements JobEvent {}

    /** A stop until somebody resumes the job, because trying on does not help. */
    record Suspended(String reason, long at) implements JobEvent {}

    /**
     * A command was seen to.
     *
     * @param number in the job's command log, from 1; 0 for one that was never stored there
     */
    record Obeyed(int number, JobCommand command) implements JobEvent {}

    /** The job cannot be run as it was asked for, or cannot go on as things are: the reasons say what to do. */
    record Refused(List<String> reasons, long at) implements JobEvent {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }

    /** The end. */
    record Finished(JobState state, String summary, long at) implements JobEvent {}
}
