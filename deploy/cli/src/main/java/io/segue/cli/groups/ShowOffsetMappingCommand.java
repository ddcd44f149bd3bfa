package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.client.FleetJobs;
import io.segue.cli.client.Fleets;
import io.segue.cli.engine.Spool;
import io.segue.coordinator.groups.HeaderScans;
import io.segue.coordinator.groups.SourceCommits;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.MappedRange;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.MappingDrawing;
import io.segue.protocol.mapping.MappingFile;
import io.segue.protocol.mapping.MappingText;
import io.segue.protocol.mapping.OffsetMapping;
import io.segue.protocol.mapping.PeerMappingJson.Detail;
import io.segue.protocol.store.FileStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.store.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code show-offset-mapping}: of a job, of a file, or the source side of a backup. */
@Command(
        name = "show-offset-mapping",
        description = {
            "Shows which source offsets stand at which target offsets. Ranges are half-open: 500-1000 is 500 offsets.",
            "Of a restore: --bootstrap-servers of its target, -p STATE --job JOB, or --mapping-file FILE. Of a backup,"
                    + " source side only: -p PATH -b ID."
        })
public final class ShowOffsetMappingCommand implements Subcommand {
    /** Of a drawing, in a terminal of 100 columns. */
    private static final int CELLS = 60;

    private final Console console;
    private final Fleets fleets;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private ClusterAccess access = new ClusterAccess();

    @Option(
            names = "--source-cluster",
            paramLabel = "ID",
            description = "With --bootstrap-servers: only what came from this cluster.")
    private Optional<String> sourceCluster = Optional.empty();

    @Option(
            names = {"-p", "--path"},
            paramLabel = "PATH",
            description = "Storage (directory or URL) with the backup, or with the state of jobs.")
    private Optional<String> path = Optional.empty();

    @Option(
            names = {"-b", "--backup-id"},
            paramLabel = "ID",
            description = "The backup.")
    private Optional<String> backupId = Optional.empty();

    @Option(names = "--job", paramLabel = "JOB", description = "The restore job.")
    private Optional<String> job = Optional.empty();

    @Option(
            names = "--mapping-file",
            paramLabel = "FILE",
            description = "A mapping.json or offset-mapping.json that a restore wrote.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Only this topic, by its source or target name; may be repeated.")
    private List<String> topics = List.of();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "text|json|yaml|csv",
            description = "How it is printed. Default: as --output says.")
    private Optional<Format> format = Optional.empty();

    @Option(
            names = "--draw",
            description =
                    "Draw how densely each range is filled, and where the groups that the backup knows stand; in JSON and"
                            + " YAML as numbers.")
    private boolean draw;

    enum Format {
        TEXT,
        JSON,
        YAML,
        CSV
    }

    /** Partitions whose headers give no exact mapping, and why. */
    private final List<String> problems = new ArrayList<>();

    public ShowOffsetMappingCommand(Console console, Fleets fleets) {
        this.console = console;
        this.fleets = fleets;
    }

    @Override
    public ExitCode run() {
        Optional<FleetJobs> fleet = access.isNamed() || job.isPresent() ? fleets.named() : Optional.empty();
        if (fleet.isEmpty()) {
            return show(shown(access.named(console.environment())));
        }
        Optional<List<Shown>> recorded = recorded();
        if (recorded.isPresent()) {
            return show(recorded.get());
        }
        return access.isNamed() ? scannedBy(fleet.get()) : show(shown(Optional.empty()));
    }

    /** What a job recorded: of the fleet that is named, else of this machine; empty if neither knows one. */
    private Optional<List<Shown>> recorded() {
        Optional<String> cluster = job.isPresent() ? Optional.empty() : clusterId();
        if (job.isEmpty() && cluster.isEmpty()) {
            return Optional.empty();
        }
        Optional<List<Shown>> ofFleet = new FleetMappings(console)
                .find(cluster.orElse(""), Set.copyOf(topics), job)
                .map(FleetMappings.Found::mapping)
                .filter(mapping -> ofSource(mapping.sourceClusterId()))
                .map(mapping -> shown(mapping.bundle()));
        return ofFleet.or(() -> cluster.flatMap(this::known));
    }

    /** Empty if this machine may not ask the cluster: a fleet may have rights and ways that it lacks. */
    private Optional<String> clusterId() {
        try {
            return access.named(console.environment())
                    .map(connection -> console.clusters().with(connection, KafkaCluster::clusterId));
        } catch (KafkaFailure | ParameterException e) {
            console.note("Not asked from here for what jobs recorded: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<List<Shown>> known(String clusterId) {
        OriginOptions origin = new OriginOptions();
        origin.path = path;
        try (KnownJobs jobs = new KnownJobs(console)) {
            return jobs.into(clusterId, Set.copyOf(topics), origin, Optional.empty())
                    .filter(found -> ofSource(Optional.of(found.record().spec().sourceClusterId())))
                    .map(found -> {
                        console.note("From the record of job " + found.jobId());
                        return shown(found);
                    });
        }
    }

    private boolean ofSource(Optional<String> is) {
        return sourceCluster.isEmpty() || is.equals(sourceCluster);
    }

    /** The workers of a fleet read the headers. */
    private ExitCode scannedBy(FleetJobs fleet) {
        if (topics.isEmpty()) {
            throw new UnusableOptionException(
                    "a fleet reads the headers of the topics that are named: add --topic TOPIC");
        }
        Map<String, String> options = new HashMap<>(Map.of("topic", String.join(",", topics)));
        sourceCluster.ifPresent(id -> options.put("source-cluster", id));
        return fleet.ask(JobKind.SCAN, access.request(console.environment()), options, (view, report) -> {
            report.path("partitions").forEach(partition -> {
                if (partition.hasNonNull("problem")) {
                    problems.add(partition.path("target").asText() + ": "
                            + partition.path("problem").asText());
                }
            });
            problems.forEach(console::note);
            try (Spool spool = Spool.below(console.temporary())) {
                Path mapping = spool.directory().resolve("mapping.json");
                fleet.fetchMapping(view.jobId(), Detail.RUNS, mapping);
                return show(ofFile(mapping));
            }
        });
    }

    private ExitCode show(List<Shown> all) {
        List<Shown> shown = all.stream().filter(one -> wanted(one.range())).toList();
        List<MappedRange> ranges = shown.stream().map(Shown::range).toList();
        if (ranges.isEmpty()) {
            console.note("Nothing is mapped" + (topics.isEmpty() ? "" : " of " + topics));
        }
        switch (format.orElse(console.json() ? Format.JSON : Format.TEXT)) {
            case TEXT -> {
                MappingText.lines(ranges).forEach(console::result);
                shown.forEach(one -> one.drawing().ifPresent(drawing -> {
                    console.result("");
                    drawing.lines().forEach(console::result);
                }));
            }
            case CSV -> MappingText.csv(ranges).forEach(console::result);
            case JSON -> console.result(ShownMappingJson.of(shown));
            case YAML -> console.result(ShownMappingJson.yaml(shown));
        }
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
    }

    private List<Shown> shown(Optional<KafkaConnection> cluster) {
        if (cluster.isPresent()) {
            return ofCluster(cluster.get());
        }
        boolean ofBackup = path.isPresent() && backupId.isPresent() && job.isEmpty() && file.isEmpty();
        boolean ofJob = job.isPresent() && backupId.isEmpty() && file.isEmpty();
        boolean ofFile = file.isPresent() && path.isEmpty() && job.isEmpty() && backupId.isEmpty();
        if (ofFile) {
            return ofFile(file.orElseThrow());
        }
        if (!ofBackup && !ofJob) {
            throw new ParameterException(
                    command.commandLine(),
                    "Say which mapping: --bootstrap-servers HOST:PORT, -p STATE --job JOB, --mapping-file FILE, or -p PATH"
                            + " -b ID");
        }
        if (path.isEmpty()) {
            return remembered(job.orElseThrow());
        }
        try (ObjectStore store = new Stores(console.environment()).open(path.orElseThrow())) {
            return ofBackup
                    ? Shown.of(BackupRanges.of(store, backupId.orElseThrow()))
                    : ofJob(store, job.orElseThrow());
        }
    }

    /** What the job that restored into the cluster recorded; where no such job is known, what headers of a topic say. */
    private List<Shown> ofCluster(KafkaConnection connection) {
        return console.clusters().with(connection, cluster -> {
            Optional<List<Shown>> known = known(cluster.clusterId());
            if (known.isPresent()) {
                return known.get();
            }
            if (topics.isEmpty()) {
                throw new UnusableOptionException("no job that restored into cluster " + cluster.clusterId()
                        + " is known here: name a --topic to read the headers of its records, or the job's state"
                        + " with --path");
            }
            return scanned(cluster, console.clusters().headers(connection));
        });
    }

    private List<Shown> scanned(KafkaCluster cluster, HeaderScans scans) {
        List<Shown> found = new ArrayList<>();
        for (KafkaCluster.Topic topic : cluster.topics(topics).values()) {
            List<TopicPartition> places = new ArrayList<>();
            for (int p = 0; p < topic.partitions(); p++) {
                places.add(new TopicPartition(topic.name(), p));
            }
            cluster.logRanges(places).forEach((place, log) -> {
                HeaderScans.Scanned scanned = scans.scan(place, log, topic.name(), sourceCluster.orElse(null));
                Optional.ofNullable(scanned.problem()).ifPresent(problem -> problems.add(place + ": " + problem));
                found.addAll(shown(scanned.mappings(), List.of()));
            });
        }
        problems.forEach(console::note);
        return found;
    }

    private List<Shown> ofFile(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        try (FileStore directory =
                new FileStore(Optional.ofNullable(absolute.getParent()).orElseThrow())) {
            String name =
                    Optional.ofNullable(absolute.getFileName()).orElseThrow().toString();
            return draw ? drawn(file, directory, name) : Shown.of(MappingFile.ranges(directory, name));
        }
    }

    private List<Shown> drawn(Path file, FileStore directory, String name) {
        MappingBundle bundle = MappingInput.read(file).bundle();
        return bundle.document().mappings().isEmpty()
                ? shown(MappingFile.ours(directory, name), groups(bundle))
                : shown(bundle);
    }

    private List<Shown> shown(MappingBundle bundle) {
        return shown(bundle.document().mappings(), groups(bundle));
    }

    private static List<GroupCommits> groups(MappingBundle bundle) {
        return bundle.groups().map(Map::values).map(List::copyOf).orElse(List.of());
    }

    /** A job that this machine started. */
    private List<Shown> remembered(String job) {
        try (KnownJobs jobs = new KnownJobs(console)) {
            return jobs.named(job, new OriginOptions(), Optional.empty())
                    .map(this::shown)
                    .orElseThrow(() -> new UnusableOptionException("this machine knows no mapping of job " + job
                            + ": say where its state is with --path, or name its fleet with --coordinator"));
        }
    }

    /** The state of jobs stands at the root of its storage, or below {@code segue/} in that of the backup. */
    private List<Shown> ofJob(ObjectStore store, String job) {
        if (draw) {
            OriginOptions origin = new OriginOptions();
            origin.path = path;
            try (KnownJobs jobs = new KnownJobs(console)) {
                Optional<KnownJob> known = jobs.named(job, origin, Optional.empty());
                if (known.isPresent()) {
                    return shown(known.get());
                }
            }
        }
        for (String root : List.of("", "segue/")) {
            String key = root + "jobs/" + job + "/mapping/mapping.json";
            if (store.size(key).isPresent()) {
                return Shown.of(MappingFile.ranges(store, key));
            }
        }
        throw new StoreException.NotFound(
                store.describe() + " has no mapping of job " + job + ": the job has not come that far, or its state is"
                        + " elsewhere (state: in its configuration)",
                null);
    }

    private boolean wanted(MappedRange range) {
        return topics.isEmpty()
                || topics.contains(range.source().topic())
                || range.to().filter(to -> topics.contains(to.target().topic())).isPresent();
    }

    /** Of a job, with the groups of its backup where that is at hand. */
    private List<Shown> shown(KnownJob known) {
        List<GroupCommits> groups = known.archive()
                .flatMap(archive -> SourceCommits.of(archive.source(), archive.groups()))
                .map(commits -> List.copyOf(commits.groups().values()))
                .orElse(List.of());
        return shown(known.record().mapping().mappings(), groups);
    }

    /** Looks at mappings while what they are read from is open. */
    private List<Shown> shown(List<? extends OffsetMapping> mappings, List<GroupCommits> groups) {
        List<Shown> shown = new ArrayList<>();
        for (OffsetMapping mapping : mappings) {
            MappedRange.of(mapping)
                    .filter(this::wanted)
                    .ifPresent(range -> shown.add(
                            new Shown(range, draw ? MappingDrawing.of(mapping, groups, CELLS) : Optional.empty())));
        }
        return shown;
    }

    /** A partition, drawn or not. */
    record Shown(MappedRange range, Optional<MappingDrawing> drawing) {
        static List<Shown> of(List<MappedRange> ranges) {
            return ranges.stream()
                    .map(range -> new Shown(range, Optional.empty()))
                    .toList();
        }
    }
}
