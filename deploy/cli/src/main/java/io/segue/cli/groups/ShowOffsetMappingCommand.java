package io.segue.cli.groups;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.client.FleetJobs;
import io.segue.cli.client.Fleets;
import io.segue.cli.engine.Spool;
import io.segue.coordinator.groups.HeaderScans;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.mapping.MappedRange;
import io.segue.protocol.mapping.MappingFile;
import io.segue.protocol.mapping.MappingText;
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
            paramLabel = "text|json|csv",
            description = "How it is printed. Default: as --output says.")
    private Optional<Format> format = Optional.empty();

    enum Format {
        TEXT,
        JSON,
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
        Optional<FleetJobs> fleet = access.isNamed() ? fleets.named() : Optional.empty();
        return fleet.isPresent() ? scannedBy(fleet.get()) : show(ranges(access.named(console.environment())));
    }

    /** The workers of a fleet read the headers; what jobs this machine knows does not count. */
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
                fleet.fetchMapping(view.jobId(), mapping);
                return show(ofFile(mapping));
            }
        });
    }

    private ExitCode show(List<MappedRange> all) {
        List<MappedRange> ranges = all.stream().filter(this::wanted).toList();
        if (ranges.isEmpty()) {
            console.note("Nothing is mapped" + (topics.isEmpty() ? "" : " of " + topics));
        }
        switch (format.orElse(console.json() ? Format.JSON : Format.TEXT)) {
            case TEXT -> MappingText.lines(ranges).forEach(console::result);
            case CSV -> MappingText.csv(ranges).forEach(console::result);
            case JSON -> console.result(json(ranges));
        }
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.PARTLY;
    }

    private List<MappedRange> ranges(Optional<KafkaConnection> cluster) {
        if (cluster.isPresent()) {
            return ofCluster(cluster.get());
        }
        boolean ofBackup = path.isPresent() && backupId.isPresent() && job.isEmpty() && file.isEmpty();
        boolean ofJob = path.isPresent() && job.isPresent() && backupId.isEmpty() && file.isEmpty();
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
        try (ObjectStore store = new Stores(console.environment()).open(path.orElseThrow())) {
            return ofBackup ? ofBackup(store, backupId.orElseThrow()) : ofJob(store, job.orElseThrow());
        }
    }

    /** What the job that restored into the cluster recorded; where no such job is known, what headers of a topic say. */
    private List<MappedRange> ofCluster(KafkaConnection connection) {
        OriginOptions origin = new OriginOptions();
        origin.path = path;
        try (KnownJobs jobs = new KnownJobs(console)) {
            return console.clusters().with(connection, cluster -> {
                Optional<KnownJob> known = jobs.into(cluster.clusterId(), Set.copyOf(topics), origin, Optional.empty())
                        .filter(found -> sourceCluster
                                .filter(id -> !id.equals(found.record().spec().sourceClusterId()))
                                .isEmpty());
                if (known.isPresent()) {
                    console.note("From the record of job " + known.get().jobId());
                    return known.get().record().mapping().mappings().stream()
                            .flatMap(mapping -> MappedRange.of(mapping).stream())
                            .toList();
                }
                if (topics.isEmpty()) {
                    throw new UnusableOptionException("no job that restored into cluster " + cluster.clusterId()
                            + " is known here: name a --topic to read the headers of its records, or the job's state"
                            + " with --path");
                }
                return scanned(cluster, console.clusters().headers(connection));
            });
        }
    }

    private List<MappedRange> scanned(KafkaCluster cluster, HeaderScans scans) {
        List<MappedRange> ranges = new ArrayList<>();
        for (KafkaCluster.Topic topic : cluster.topics(topics).values()) {
            List<TopicPartition> places = new ArrayList<>();
            for (int p = 0; p < topic.partitions(); p++) {
                places.add(new TopicPartition(topic.name(), p));
            }
            cluster.logRanges(places).forEach((place, log) -> {
                HeaderScans.Scanned found = scans.scan(place, log, topic.name(), sourceCluster.orElse(null));
                Optional.ofNullable(found.problem()).ifPresent(problem -> problems.add(place + ": " + problem));
                found.mappings().forEach(mapping -> MappedRange.of(mapping).ifPresent(ranges::add));
            });
        }
        problems.forEach(console::note);
        return ranges;
    }

    private static List<MappedRange> ofFile(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        try (FileStore directory =
                new FileStore(Optional.ofNullable(absolute.getParent()).orElseThrow())) {
            String name =
                    Optional.ofNullable(absolute.getFileName()).orElseThrow().toString();
            return MappingFile.ranges(directory, name);
        }
    }

    /** The state of jobs stands at the root of its storage, or below {@code segue/} in that of the backup. */
    private static List<MappedRange> ofJob(ObjectStore store, String job) {
        for (String root : List.of("", "segue/")) {
            String key = root + "jobs/" + job + "/mapping/mapping.json";
            if (store.size(key).isPresent()) {
                return MappingFile.ranges(store, key);
            }
        }
        throw new StoreException.NotFound(
                store.describe() + " has no mapping of job " + job + ": the job has not come that far, or its state is"
                        + " elsewhere (state: in its configuration)",
                null);
    }

    private static List<MappedRange> ofBackup(ObjectStore store, String backupId) {
        List<MappedRange> ranges = new ArrayList<>();
        for (Manifest.Topic topic : ManifestJson.load(store, backupId).topics()) {
            for (Manifest.Partition partition : topic.partitions()) {
                List<Manifest.Segment> segments = partition.segments();
                if (!segments.isEmpty()) {
                    ranges.add(new MappedRange(
                            topic.at(partition),
                            segments.stream()
                                    .mapToLong(Manifest.Segment::startOffset)
                                    .min()
                                    .orElseThrow(),
                            segments.stream()
                                            .mapToLong(Manifest.Segment::endOffset)
                                            .max()
                                            .orElseThrow()
                                    + 1,
                            segments.stream()
                                    .mapToLong(Manifest.Segment::recordCount)
                                    .sum(),
                            Optional.empty()));
                }
            }
        }
        return ranges;
    }

    private boolean wanted(MappedRange range) {
        return topics.isEmpty()
                || topics.contains(range.source().topic())
                || range.to().filter(to -> topics.contains(to.target().topic())).isPresent();
    }

    private static ArrayNode json(List<MappedRange> ranges) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (MappedRange range : ranges) {
            ObjectNode row = rows.addObject();
            side(row, "source", range.source(), range.from(), range.end());
            row.put("records", range.records());
            range.to().ifPresent(to -> side(row, "target", to.target(), to.from(), to.end()));
        }
        return rows;
    }

    private static void side(ObjectNode row, String side, TopicPartition partition, long from, long end) {
        row.put(side + "_topic", partition.topic());
        row.put(side + "_partition", partition.partition());
        row.put(side + "_from", from);
        row.put(side + "_end", end);
    }
}
