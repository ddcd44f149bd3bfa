package io.segue.coordinator.jobs;

import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.PeerRestoreReportJson;
import java.util.Optional;
import java.util.Set;

/** What restores left for those who come later. May block. */
public interface RestoreMappings {
    /** The mapping of a restore, once there is one, with all that a later reset needs. */
    Optional<MappingBundle> of(String jobId);

    /** The same in the peer's form of a report, of a restore whose configuration can be used here. */
    Optional<PeerRestoreReportJson.Report> report(String jobId);

    /**
     * Whether a job is a restore into a cluster that has come to its mapping.
     *
     * @param topics of the target, at least one of them; empty: any
     */
    boolean restored(String jobId, String targetClusterId, Set<String> topics);
}
