package io.segue.coordinator.restore;

import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.RestoreConfig;
import io.segue.protocol.config.TopicFilter;
import io.segue.protocol.job.RestoreSpec;
import java.util.List;

/** What a configuration file asks of a restore. Pure. */
public final class RestoreSpecs {
    private RestoreSpecs() {}

    public static RestoreOrder of(
            JobConfig config, RestoreOptions options, BackupArchive archive, String targetClusterId) {
        RestoreConfig restore = config.restore();
        TopicFilter topics =
                config.target().map(JobConfig.Cluster::topics).orElse(new TopicFilter(List.of(), List.of()));
        GroupChoice.Outcome groups = GroupChoice.of(config, archive, options.resetGroups());
        RestoreSpec spec = new RestoreSpec(
                config.backupId(),
                archive.manifestSha256(),
                archive.sourceClusterId(),
                targetClusterId,
                new RestoreSpec.Selected(
                        topics.include(),
                        topics.exclude(),
                        restore.sourcePartitions(),
                        restore.topicMapping(),
                        restore.partitionMapping(),
                        restore.windowStart().orElse(null),
                        restore.windowEnd().orElse(null),
                        restore.dropMarkers()),
                new RestoreSpec.Placement(restore.repartitioning(), restore.mergeOrder(), restore.offsets()),
                restore.offsetHeaders(),
                restore.batchCompression(),
                new RestoreSpec.Topics(restore.createTopics(), restore.replicationFactor(), options.keepFrozen()),
                groups.groups(),
                restore.delivery());
        return new RestoreOrder(spec, groups.contradictions(), groups.notes());
    }
}
