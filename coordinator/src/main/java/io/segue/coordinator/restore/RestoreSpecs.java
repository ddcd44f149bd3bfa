package io.segue.coordinator.restore;

import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.OffsetResetConfig;
import io.segue.protocol.config.RestoreConfig;
import io.segue.protocol.config.TopicFilter;
import io.segue.protocol.job.RestoreSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a configuration file asks of a restore. Pure. */
public final class RestoreSpecs {
    private RestoreSpecs() {}

    public static RestoreSpec of(JobConfig config, BackupArchive archive, String targetClusterId) {
        RestoreConfig restore = config.restore();
        TopicFilter topics =
                config.target().map(JobConfig.Cluster::topics).orElse(new TopicFilter(List.of(), List.of()));
        return new RestoreSpec(
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
                        restore.windowEnd().orElse(null)),
                new RestoreSpec.Placement(restore.repartitioning(), restore.mergeOrder(), restore.offsets()),
                restore.offsetHeaders(),
                restore.batchCompression(),
                new RestoreSpec.Topics(restore.createTopics(), restore.replicationFactor()),
                groups(config));
    }

    private static RestoreSpec.Groups groups(JobConfig config) {
        RestoreConfig restore = config.restore();
        Set<String> names = new LinkedHashSet<>(restore.consumerGroups());
        config.offsetReset().map(OffsetResetConfig::groups).ifPresent(names::addAll);
        boolean asked = restore.resetConsumerOffsets()
                || restore.autoConsumerGroups()
                || config.offsetReset()
                        .filter(reset -> !reset.groups().isEmpty())
                        .isPresent();
        return new RestoreSpec.Groups(
                asked,
                List.copyOf(names),
                restore.noAnswer(),
                config.offsetReset().flatMap(RestoreSpecs::chosen).orElse(null));
    }

    /** A job has its own mapping, proven: that is what both other strategies come to in it. */
    private static Optional<RestoreSpec.Chosen> chosen(OffsetResetConfig reset) {
        return switch (reset.strategy()) {
            case HEADER_BASED, FROM_MAPPING -> Optional.empty();
            case TIMESTAMP ->
                Optional.of(new RestoreSpec.Chosen(
                        reset.strategy().word(), reset.timestamp().orElse(null)));
            case OFFSET ->
                Optional.of(new RestoreSpec.Chosen(
                        reset.strategy().word(), reset.offset().orElse(null)));
            case EARLIEST, LATEST ->
                Optional.of(new RestoreSpec.Chosen(reset.strategy().word(), null));
        };
    }
}
