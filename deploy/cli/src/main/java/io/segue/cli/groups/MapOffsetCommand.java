package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.WritesFile;
import io.segue.coordinator.groups.Restored;
import io.segue.coordinator.groups.RestoredPartitions;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Translation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code map-offset}: for offsets that live outside of Kafka. */
@Command(
        name = "map-offset",
        description = {
            "Says where a source offset is on the target, for offsets that Flink, Spark, Connect, Debezium or a database"
                    + " keep: the next offset to read there, for the next offset to read here.",
            "One (--topic, --partition, --offset), or a CSV of topic,partition,offset (--input FILE)."
        })
public final class MapOffsetCommand implements Subcommand, WritesFile {
    private static final String HEADER = "topic,partition,offset";

    private final Console console;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private ClusterAccess access = new ClusterAccess();

    @Mixin
    private OriginOptions origin = new OriginOptions();

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Source topic.")
    private Optional<String> topic = Optional.empty();

    @Option(names = "--partition", paramLabel = "N", description = "Source partition.")
    private Optional<Integer> partition = Optional.empty();

    @Option(names = "--offset", paramLabel = "OFFSET", description = "The next source offset to read.")
    private Optional<Long> offset = Optional.empty();

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "CSV with a line for each; a header line may be first.")
    private Optional<Path> input = Optional.empty();

    public MapOffsetCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        boolean single = topic.isPresent() && partition.isPresent() && offset.isPresent();
        if (single == input.isPresent()) {
            throw new ParameterException(
                    command.commandLine(), "Give --topic, --partition and --offset, or --input FILE");
        }
        try (KnownJobs jobs = new KnownJobs(console)) {
            RestoredPartitions restored = restored(jobs);
            if (input.isPresent()) {
                return console.outputFile()
                        .map(file -> write(restored, file))
                        .orElseGet(() -> lines(restored, console.out()));
            }
            TopicPartition place = new TopicPartition(topic.orElseThrow(), partition.orElseThrow());
            Mapped mapped = map(restored, place, offset.orElseThrow());
            if (mapped.target().isEmpty()) {
                console.note("Error: " + place + ": " + mapped.kind());
                return ExitCode.FAILED;
            }
            console.result(mapped.target().get() + " " + mapped.offset() + " " + mapped.kind());
            return ExitCode.DONE;
        }
    }

    /** From the mapping file, else the job, else the newest job that restored into the cluster. */
    private RestoredPartitions restored(KnownJobs jobs) {
        if (origin.mappingFile.isPresent()) {
            return MappingInput.read(origin.mappingFile.orElseThrow()).restored();
        }
        Optional<KafkaConnection> cluster = access.named(console.environment());
        Optional<String> clusterId =
                cluster.map(connection -> console.clusters().with(connection, KafkaCluster::clusterId));
        Optional<RestoredPartitions> ofFleet = origin.job.isPresent() || clusterId.isPresent()
                ? new FleetMappings(console)
                        .find(clusterId.orElse(""), Set.of(), origin.job)
                        .map(found -> found.mapping().restored())
                : Optional.empty();
        if (ofFleet.isPresent()) {
            return ofFleet.get();
        }
        Optional<KnownJob> known = origin.job.isPresent()
                ? jobs.named(origin.job.orElseThrow(), origin, Optional.empty())
                : clusterId.flatMap(id -> jobs.into(id, Set.of(), origin, Optional.empty()));
        return known.flatMap(KnownJob::restored)
                .orElseThrow(
                        () -> new UnusableOptionException("nothing says where the records went: give --mapping-file,"
                                + " --job (with --state or --path), or --bootstrap-servers of a cluster that this machine"
                                + " restored into"));
    }

    private ExitCode write(RestoredPartitions restored, Path file) {
        try (NewFile out = NewFile.create(file, false)) {
            ExitCode code = lines(restored, new PrintStream(out.stream(), false, StandardCharsets.UTF_8));
            out.complete();
            console.note("Written to " + file);
            return code;
        }
    }

    private ExitCode lines(RestoredPartitions restored, PrintStream out) {
        int answered = 0;
        int all = 0;
        out.print(HEADER + ",target_topic,target_partition,target_offset,kind\n");
        try (BufferedReader lines = Files.newBufferedReader(input.orElseThrow(), StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank() || (number == 1 && line.startsWith(HEADER))) {
                    continue;
                }
                String[] cells = line.split(",", -1);
                if (cells.length < 3 || !cells[1].matches("[0-9]{1,9}") || !cells[2].matches("[0-9]{1,18}")) {
                    throw new UnusableOptionException(
                            "--input " + input.orElseThrow() + " line " + number + " is not topic,partition,offset");
                }
                TopicPartition place = new TopicPartition(cells[0], Integer.parseInt(cells[1]));
                Mapped mapped = map(restored, place, Long.parseLong(cells[2]));
                all++;
                answered += mapped.target().isPresent() ? 1 : 0;
                out.print(String.join(",", cells[0], cells[1], cells[2]) + "," + mapped.csv() + "\n");
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("--input " + input.orElseThrow() + " cannot be read: " + e.getMessage(), e);
        }
        return answered == all ? ExitCode.DONE : answered == 0 ? ExitCode.FAILED : ExitCode.PARTLY;
    }

    /** @param kind of the answer, or why there is none */
    private record Mapped(Optional<TopicPartition> target, long offset, String kind) {
        String csv() {
            return target.map(place -> place.topic() + "," + place.partition() + "," + offset + "," + kind)
                    .orElseGet(() -> ",,," + PlanCsv.quoted(kind));
        }
    }

    private static Mapped map(RestoredPartitions restored, TopicPartition source, long offset) {
        Restored found = restored.partitions().get(source);
        if (found instanceof Restored.Proven proven) {
            TopicPartition target = proven.mapping().target();
            Translation answer = proven.mapping().translate(offset);
            return answer.position()
                    .map(position -> new Mapped(Optional.of(target), position, kind(answer)))
                    .orElseGet(() -> new Mapped(Optional.empty(), 0, "nothing was restored of it"));
        }
        String why = "it was not restored";
        if (found instanceof Restored.Unproven unproven) {
            why = "not proven: " + unproven.reason();
        } else if (found instanceof Restored.NothingArchived) {
            why = "the backup holds nothing of it";
        } else if (found instanceof Restored.Spread spread) {
            why = "its records went to " + spread.targets() + ": one source offset has no one place there";
        }
        return new Mapped(Optional.empty(), 0, why);
    }

    private static String kind(Translation answer) {
        return answer instanceof Translation.Exact
                ? "exact"
                : answer instanceof Translation.InGap
                        ? "in_gap"
                        : answer instanceof Translation.BeforeStart ? "before_start" : "past_end";
    }
}
