package io.segue.coordinator.groups;

import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.time.Time;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes complete snapshots of what a cluster has committed (rule R7). */
public final class GroupSnapshots {
    private final KafkaCluster cluster;
    private final List<String> bootstrapServers;
    private final Time time;

    public GroupSnapshots(KafkaCluster cluster, List<String> bootstrapServers, Time time) {
        this.cluster = cluster;
        this.bootstrapServers = List.copyOf(bootstrapServers);
        this.time = time;
    }

    public static GroupSnapshots of(KafkaCluster cluster, KafkaConnection connection) {
        return new GroupSnapshots(cluster, connection.bootstrapServers(), Time.system());
    }

    /**
     * Reads the committed offsets of all the groups; one that does not exist is in the snapshot without offsets.
     *
     * @param restoreId the job that it is for
     * @throws io.segue.protocol.kafka.KafkaFailure if a single group could not be read: there is no incomplete snapshot
     */
    public OffsetSnapshot take(Collection<String> groupIds, @Nullable String restoreId, @Nullable String description) {
        Instant now = Instant.ofEpochMilli(time.wallMillis());
        Map<String, GroupCommits> groups = cluster.commits(new TreeSet<>(groupIds));
        return new OffsetSnapshot(
                OffsetSnapshot.idAt(now),
                now,
                groups,
                restoreId,
                cluster.clusterId(),
                bootstrapServers,
                description,
                true);
    }
}
