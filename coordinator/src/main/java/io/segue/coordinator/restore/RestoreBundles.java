package io.segue.coordinator.restore;

import io.segue.coordinator.groups.Restored;
import io.segue.coordinator.groups.SourceCommits;
import io.segue.coordinator.jobs.RestoreMappings;
import io.segue.coordinator.plan.RestorePlan;
import io.segue.protocol.config.ConfigLoader;
import io.segue.protocol.config.ConfigResult;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.ScanSpec;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.store.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Mappings of restores and scans; those of restores with the offsets that groups had on the source and the address of the
 * target.
 */
public final class RestoreBundles implements RestoreMappings {
    private final JobStore jobs;
    private final ConfigLoader configs;
    private final Function<StorageConfig, ObjectStore> stores;

    /**
     * @param configs with this process's environment
     * @param stores opens a storage
     */
    public RestoreBundles(JobStore jobs, ConfigLoader configs, Function<StorageConfig, ObjectStore> stores) {
        this.jobs = jobs;
        this.configs = configs;
        this.stores = stores;
    }

    @Override
    public boolean restored(String jobId, String targetClusterId, Set<String> topics) {
        boolean into = jobs.find(jobId)
                .filter(file -> file.spec() instanceof RestoreSpec spec
                        && spec.targetClusterId().equals(targetClusterId))
                .isPresent();
        return into
                && (topics.isEmpty() || topics(jobId).anyMatch(topics::contains))
                && RestoreRecord.read(jobs, jobId).isPresent();
    }

    private Stream<String> topics(String jobId) {
        return jobs.readDocument(jobId, RestoreJob.TopicPlans.NAME, RestoreJob.TopicPlans.class).stream()
                .flatMap(plans -> plans.topics().stream())
                .map(RestorePlan.TopicPlan::topic);
    }

    @Override
    public Optional<MappingBundle> of(String jobId) {
        if (isScan(jobId)) {
            return jobs.readMapping(jobId)
                    .map(mapping -> new MappingBundle(jobId, mapping, Map.of(), List.of(), Optional.empty()));
        }
        Optional<RestoreRecord> record = RestoreRecord.read(jobs, jobId);
        Optional<JobConfig> config = jobs.request(jobId)
                .flatMap(request -> configs.load("the configuration of " + jobId, request.config())
                                instanceof ConfigResult.Loaded loaded
                        ? Optional.of(loaded.config())
                        : Optional.empty());
        if (record.isEmpty() || config.isEmpty()) {
            return record.map(
                    found -> new MappingBundle(jobId, found.mapping(), Map.of(), List.of(), Optional.empty()));
        }
        try (ObjectStore backups = stores.apply(config.get().storage())) {
            List<String> servers = config.get()
                    .target()
                    .map(target -> target.connection().bootstrapServers())
                    .orElse(List.of());
            return record.map(found -> bundle(found, backups, servers, jobId));
        }
    }

    private boolean isScan(String jobId) {
        return jobs.find(jobId).filter(file -> file.spec() instanceof ScanSpec).isPresent();
    }

    /**
     * @param backups holds the backup that was restored
     * @param targetServers where the job wrote to
     * @param name for messages
     */
    public static MappingBundle bundle(
            RestoreRecord record, ObjectStore backups, List<String> targetServers, String name) {
        BackupArchive archive = BackupArchive.load(backups, record.spec().backupId());
        Map<TopicPartition, TopicPartition> empty = new TreeMap<>();
        record.restored(archive).partitions().forEach((source, restored) -> {
            if (restored instanceof Restored.NothingArchived nothing) {
                empty.put(source, nothing.target());
            } else if (restored instanceof Restored.Proven proven
                    && proven.mapping().records() == 0) {
                empty.put(source, proven.mapping().target());
            }
        });
        return new MappingBundle(
                name,
                record.mapping(),
                empty,
                targetServers,
                SourceCommits.of(archive.source(), archive.groups()).map(SourceCommits::groups));
    }
}
