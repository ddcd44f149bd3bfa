package io.segue.protocol.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * What is wrong with the log of a target partition, and where. Trying again does not help; writing it anew does.
 *
 * @param from first target offset concerned, inclusive
 * @param to exclusive; equal to {@code from} where nothing more is known than where it begins
 */
public record Defect(Kind kind, long from, long to) {
    /** What can be wrong with a log. */
    public enum Kind {
        /** Records that the job did not write. */
        @JsonProperty("foreign")
        FOREIGN,
        /** Records that were acknowledged are gone: the cluster lost them. */
        @JsonProperty("lost")
        LOST,
        /** Records were deleted from the beginning of the log. */
        @JsonProperty("deleted")
        DELETED,
        /** Records are not where the journal says, or not all are there. */
        @JsonProperty("hole")
        HOLE,
        /** Another record stands where one of the job's belongs. */
        @JsonProperty("altered")
        ALTERED,
        /** Source offsets that were to be kept are taken. */
        @JsonProperty("taken")
        TAKEN,
        /** The topic was deleted, or deleted and made again. */
        @JsonProperty("topic-lost")
        TOPIC_LOST;

        /** As people read it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Of a whole topic. */
    public static Defect topicLost() {
        return new Defect(Kind.TOPIC_LOST, 0, 0);
    }
}
