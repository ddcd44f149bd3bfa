package io.segue.protocol.job;

import io.segue.protocol.kafka.TopicPartition;

/**
 * Tries on a scratch topic what deliveries need of a target.
 *
 * @param scratch the only partition of an empty topic, which its maker deletes afterwards
 */
public record ProbeTask(String id, TopicPartition scratch) implements JobTask {
    /** How the names of scratch topics begin. */
    public static final String PREFIX = "segue-probe-";

    /** The probe of a job. */
    public static ProbeTask of(String jobId) {
        return new ProbeTask("probe", new TopicPartition(PREFIX + jobId, 0));
    }

    @Override
    public long weight() {
        return 1;
    }
}
