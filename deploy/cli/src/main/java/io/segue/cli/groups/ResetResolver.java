package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.cli.config.ConfigFile;
import io.segue.coordinator.groups.NamePattern;
import io.segue.coordinator.groups.ResetRequest;
import io.segue.coordinator.groups.ResetState;
import io.segue.coordinator.groups.ResetStrategy;
import io.segue.coordinator.groups.RestoredPartitions;
import io.segue.coordinator.groups.SourceCommits;
import io.segue.coordinator.groups.Strategies;
import io.segue.coordinator.restore.BackupArchive;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.OffsetResetConfig;
import io.segue.protocol.config.OffsetResetConfig.Strategy;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.store.ObjectStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a reset follows from. For source offsets, mapping and target address, in this order: the flags, the
 * configuration, the mapping file, and the record of the job that restored into that cluster. What is not found is a usage
 * error that names the flags that would help.
 */
final class ResetResolver implements AutoCloseable {
    private final Console console;
    private final OriginOptions origin;
    private final StrategyOptions strategies;
    private final GroupOptions groups;
    private final KnownJobs jobs;
    private final Optional<JobConfig> config;
    private final Optional<MappingInput> bundle;
    private Optional<KnownJob> job = Optional.empty();
    private boolean sought;
    private Optional<FleetMappings.Found> fleet = Optional.empty();
    private boolean askedFleet;

    ResetResolver(Console console, OriginOptions origin, StrategyOptions strategies, GroupOptions groups) {
        this.console = console;
        this.origin = origin;
        this.strategies = strategies;
        this.groups = groups;
        this.jobs = new KnownJobs(console);
        this.config = origin.config.map(file -> ConfigFile.load(file, console)
                .orElseThrow(() -> new UnusableOptionException("--config " + file + " cannot be used, see above")));
        Optional<Path> mapping = origin.mappingFile.or(() -> section().flatMap(OffsetResetConfig::mappingFile));
        this.bundle = mapping.map(MappingInput::read);
    }

    private Optional<OffsetResetConfig> section() {
        return config.flatMap(JobConfig::offsetReset);
    }

    /** @param named by the command line */
    KafkaConnection target(Optional<KafkaConnection> named) {
        return named.or(() -> config.flatMap(JobConfig::target).map(JobConfig.Cluster::connection))
                .or(() -> bundle.flatMap(MappingInput::target))
                .or(() -> origin.job
                        .flatMap(this::fleetsOwn)
                        .flatMap(found -> found.mapping().target()))
                .or(() ->
                        origin.job.flatMap(id -> jobs.named(id, origin, config)).flatMap(KnownJob::target))
                .orElseThrow(() -> new UnusableOptionException(
                        "nothing says which cluster: name it with --bootstrap-servers, or give --config, --plan,"
                                + " --job, or a --mapping-file that a restore of this program wrote"));
    }

    ResetInputs resolve(KafkaCluster target, HeaderMappings headers) {
        String clusterId = target.clusterId();
        StrategyOptions.Asked general = strategies.general(section());
        List<StrategyOptions.AskedFor> specials = strategies.specials();
        boolean translates = translates(general) || specials.stream().anyMatch(special -> translates(special.asked()));
        Optional<SourceCommits> commits = commits(clusterId, translates);
        Map<String, String> topicMapping = topicMapping(clusterId);
        Labelled restored =
                translates ? restored(target, clusterId, general, headers, topicMapping) : new Labelled(null, "");
        Strategies chosen = new Strategies(
                strategy(general, restored),
                specials.stream()
                        .map(special -> new Strategies.Special(
                                new NamePattern(special.group()),
                                new NamePattern(special.topic()),
                                strategy(special.asked(), restored)))
                        .toList());
        ResetRequest request = new ResetRequest(
                commits.orElse(SourceCommits.NONE),
                chosen,
                topicMapping,
                strategies.topics(),
                strategies
                        .noAnswer()
                        .or(() -> config.map(found -> found.restore().noAnswer()))
                        .orElse(NoAnswerPolicy.REFUSE),
                strategies.allowPartial());
        return new ResetInputs(request, patterns(), labels(request, restored), state());
    }

    private static boolean translates(StrategyOptions.Asked asked) {
        return asked.strategy() == Strategy.HEADER_BASED || asked.strategy() == Strategy.FROM_MAPPING;
    }

    private List<NamePattern> patterns() {
        List<NamePattern> named = groups.patterns();
        if (!named.isEmpty()) {
            return named;
        }
        List<String> configured = section()
                .map(OffsetResetConfig::groups)
                .filter(list -> !list.isEmpty())
                .or(() -> config.map(found -> found.restore().consumerGroups()))
                .orElse(List.of());
        return configured.stream().map(NamePattern::new).toList();
    }

    /** What a mapping comes from, in words, with it; null where no strategy asks for one. */
    private record Labelled(@Nullable RestoredPartitions partitions, String from) {}

    private Optional<SourceCommits> commits(String clusterId, boolean needed) {
        SourceOffsets offsets = new SourceOffsets(console);
        Supplier<Optional<SourceCommits>> fromBackup = () -> backup().flatMap(SourceOffsets::of);
        Optional<SourceCommits> found =
                offsets.named(origin).or(fromBackup).or(() -> bundle.flatMap(MappingInput::commits));
        if (found.isPresent() || !needed) {
            return found;
        }
        Optional<SourceCommits> recorded =
                fleet(clusterId).flatMap(other -> other.mapping().commits());
        if (recorded.isPresent()) {
            return recorded;
        }
        return Optional.of(job(clusterId)
                .flatMap(KnownJob::archive)
                .flatMap(SourceOffsets::of)
                .orElseThrow(() -> new UnusableOptionException(
                        "nothing says what the groups had committed on the source: give --path and --backup-id of the"
                                + " backup, --source-snapshot, --source-bootstrap-servers, --job, or a --mapping-file"
                                + " that a restore of this program wrote")));
    }

    private Optional<BackupArchive> backup() {
        if (origin.path.isPresent() && origin.backupId.isPresent()) {
            return Optional.of(BackupArchive.load(jobs.open(origin.path.orElseThrow()), origin.backupId.orElseThrow()));
        }
        return config.map(found -> BackupArchive.load(
                jobs.keep(new io.segue.protocol.store.Stores(console.environment()).open(found.storage())),
                found.backupId()));
    }

    private Optional<KnownJob> job(String clusterId) {
        if (!sought) {
            sought = true;
            job = origin.job.isPresent()
                    ? jobs.named(origin.job.orElseThrow(), origin, config)
                    : jobs.into(clusterId, strategies.topics(), origin, config);
            job.ifPresent(found -> console.note("Using what job " + found.jobId() + " recorded"));
        }
        return job;
    }

    /** A coordinator that is named is asked before this machine's own memory. */
    private Optional<FleetMappings.Found> fleet(String clusterId) {
        if (!askedFleet) {
            askedFleet = true;
            fleet = new FleetMappings(console).find(clusterId, strategies.topics(), origin.job);
        }
        return fleet;
    }

    /** A named job is the same whatever cluster it wrote to. */
    private Optional<FleetMappings.Found> fleetsOwn(String jobId) {
        return fleet("of job " + jobId);
    }

    private Map<String, String> topicMapping(String clusterId) {
        Map<String, String> all = new HashMap<>();
        config.ifPresent(found -> all.putAll(found.restore().topicMapping()));
        section().ifPresent(found -> all.putAll(found.topicMapping()));
        all.putAll(strategies.topicMapping());
        if (all.isEmpty() && config.isEmpty() && fleet(clusterId).isPresent()) {
            all.putAll(fleet(clusterId).orElseThrow().mapping().renamed());
        } else if (all.isEmpty() && config.isEmpty()) {
            job(clusterId)
                    .ifPresent(
                            found -> all.putAll(found.record().spec().selected().topicMapping()));
        }
        return all;
    }

    private Labelled restored(
            KafkaCluster target,
            String clusterId,
            StrategyOptions.Asked general,
            HeaderMappings headers,
            Map<String, String> topicMapping) {
        boolean scans = general.strategy() == Strategy.HEADER_BASED
                || strategies.specials().stream().anyMatch(s -> s.asked().strategy() == Strategy.HEADER_BASED);
        if (scans) {
            SourceCommits known = commits(clusterId, true).orElse(SourceCommits.NONE);
            return new Labelled(
                    headers.scan(
                            target,
                            known.topics(),
                            topicMapping,
                            strategies.topics(),
                            strategies.sourceCluster(section()),
                            strategies.scanAllPartitions(section())),
                    "the headers of the records on cluster " + clusterId);
        }
        if (bundle.isPresent()) {
            MappingInput found = bundle.orElseThrow();
            requireSource(found.sourceClusterId());
            requireTarget(found.targetClusterId(), clusterId, found.name());
            return new Labelled(found.restored(), found.name());
        }
        Optional<FleetMappings.Found> recorded = fleet(clusterId);
        if (recorded.isPresent()) {
            MappingInput mapping = recorded.get().mapping();
            requireSource(mapping.sourceClusterId());
            requireTarget(mapping.targetClusterId(), clusterId, mapping.name());
            return new Labelled(mapping.restored(), mapping.name());
        }
        KnownJob found = job(clusterId)
                .orElseThrow(() -> new UnusableOptionException("nothing says where the records went: give"
                        + " --mapping-file, --job (with --state or --path), or take --strategy header-based"));
        requireSource(Optional.of(found.record().spec().sourceClusterId()));
        requireTarget(Optional.of(found.record().spec().targetClusterId()), clusterId, "job " + found.jobId());
        return new Labelled(
                found.restored()
                        .orElseThrow(() -> new UnusableOptionException(
                                "the backup of job " + found.jobId() + " is not found: give --path and --backup-id")),
                "what job " + found.jobId() + " proved");
    }

    private void requireSource(Optional<String> is) {
        Optional<String> wanted = strategies.sourceCluster(section());
        is.filter(id -> !id.isEmpty())
                .ifPresent(id -> wanted.filter(other -> !other.equals(id)).ifPresent(other -> {
                    throw new UnusableOptionException(
                            "the mapping is of source cluster " + id + ", not of --source-cluster " + other);
                }));
    }

    /** What one cluster's log holds says nothing about another's. */
    private static void requireTarget(Optional<String> of, String clusterId, String name) {
        of.filter(id -> !id.isEmpty() && !id.equals(clusterId)).ifPresent(id -> {
            throw new UnusableOptionException(name + " is of target cluster " + id + ", this is cluster " + clusterId
                    + ": correct --bootstrap-servers, or name the mapping of this cluster");
        });
    }

    private static ResetStrategy strategy(StrategyOptions.Asked asked, Labelled restored) {
        long value = asked.value().orElse(0L);
        return switch (asked.strategy()) {
            case HEADER_BASED, FROM_MAPPING ->
                new ResetStrategy.Translate(
                        Optional.ofNullable(restored.partitions()).orElseThrow(),
                        asked.strategy().word());
            case TIMESTAMP -> new ResetStrategy.Timestamp(value);
            case OFFSET -> new ResetStrategy.Offset(value);
            case EARLIEST -> new ResetStrategy.Earliest();
            case LATEST -> new ResetStrategy.Latest();
        };
    }

    private ResetInputs.Labels labels(ResetRequest request, Labelled restored) {
        Optional<KnownJob> known = job;
        Optional<String> sourceCluster = strategies
                .sourceCluster(section())
                .or(() -> known.map(found -> found.record().spec().sourceClusterId()))
                .or(() -> bundle.flatMap(MappingInput::sourceClusterId))
                .or(() -> fleet.flatMap(found -> found.mapping().sourceClusterId()));
        return new ResetInputs.Labels(
                origin.backupId
                        .or(() -> config.map(JobConfig::backupId))
                        .or(() -> known.map(found -> found.record().spec().backupId()))
                        .orElse(null),
                known.map(KnownJob::jobId)
                        .or(() -> fleet.map(FleetMappings.Found::jobId))
                        .orElse(null),
                sourceCluster.orElse(null),
                request.source().origin(),
                restored.from());
    }

    /** That of the named job, if it reset groups itself and the command line asks for nothing else. */
    Optional<ResetState> ownReset() {
        boolean asJob = groups.patterns().isEmpty()
                && strategies.general(Optional.empty()).strategy() == Strategy.FROM_MAPPING
                && strategies.specials().isEmpty();
        return asJob
                ? origin.job
                        .flatMap(id -> jobs.named(id, origin, config))
                        .map(found -> new ResetState(new JobStore(found.state()).below(found.jobId(), "reset")))
                        .filter(state -> !state.shards().isEmpty())
                : Optional.empty();
    }

    /** Named, else beside the backup, else with the job. */
    private Optional<ObjectStore> state() {
        return jobs.state(origin).or(() -> job.map(KnownJob::state));
    }

    @Override
    public void close() {
        jobs.close();
    }
}
