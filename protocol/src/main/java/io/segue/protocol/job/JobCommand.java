package io.segue.protocol.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What an operator wants of a job that exists; stored by any coordinator, carried out by the leader. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JobCommand.Pause.class, name = "pause"),
    @JsonSubTypes.Type(value = JobCommand.Resume.class, name = "resume"),
    @JsonSubTypes.Type(value = JobCommand.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = JobCommand.RetryFailed.class, name = "retry-failed"),
    @JsonSubTypes.Type(value = JobCommand.Rebuild.class, name = "rebuild"),
    @JsonSubTypes.Type(value = JobCommand.Thaw.class, name = "thaw"),
})
public sealed interface JobCommand {
    /** Who asked, for people. */
    String by();

    /** Epoch milliseconds. */
    long at();

    /** Stop cleanly at the next batch and wait. */
    record Pause(String by, long at) implements JobCommand {}

    /** Go on, after a pause, an interruption or a partial end. */
    record Resume(String by, long at) implements JobCommand {}

    /** Stop cleanly and for good; what is on the target stays there. */
    record Cancel(String by, long at) implements JobCommand {}

    /** Try failed tasks again; none named: all of them. */
    record RetryFailed(String by, long at, List<String> tasks) implements JobCommand {
        public RetryFailed {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * Empty target partitions of a restore, restore them again, and go on with the job.
     *
     * @param places each a target topic, or {@code topic:partition}
     */
    record Rebuild(String by, long at, List<String> places) implements JobCommand {
        public Rebuild {
            places = List.copyOf(places);
        }
    }

    /**
     * Give the topics that an ended restore kept frozen the configs that they are meant to have.
     *
     * @param force also where that deletes records that a reset group has not read
     */
    record Thaw(String by, long at, boolean force) implements JobCommand {}
}
