package io.segue.coordinator.jobs;

import io.segue.protocol.mapping.MappingBundle;
import java.util.Optional;
import java.util.Set;

/** What restores and scans left for those who come later. May block. */
public interface RestoreMappings {
    /** The mapping of a restore or a scan, once there is one; a restore's with all that a later reset needs. */
    Optional<MappingBundle> of(String jobId);

    /**
     * Whether a job is a restore into a cluster that has come to its mapping.
     *
     * @param topics of the target, at least one of them; empty: any
     */
    boolean restored(String jobId, String targetClusterId, Set<String> topics);
}
