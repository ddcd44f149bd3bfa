package io.segue.cli.groups;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say where the groups' own offsets and the mapping come from. */
final class OriginOptions {
    @Option(
            names = {"-p", "--path"},
            paramLabel = "PATH",
            description = "Storage (directory or URL) of the backup, or of the state of jobs.")
    Optional<String> path = Optional.empty();

    @Option(
            names = {"-b", "--backup-id"},
            paramLabel = "ID",
            description = "The backup below --path that holds the groups' offsets.")
    Optional<String> backupId = Optional.empty();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration of the restore; its offset_reset section counts where no flag does.")
    Optional<Path> config = Optional.empty();

    @Option(names = "--job", paramLabel = "JOB", description = "The restore job that has the mapping.")
    Optional<String> job = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "PATH",
            description = "Where the state of jobs is, and where that of this reset goes.")
    Optional<String> state = Optional.empty();

    @Option(
            names = "--mapping-file",
            paramLabel = "FILE",
            description = "A mapping that 'restore --mapping-output' wrote; it holds the groups' offsets as well.")
    Optional<Path> mappingFile = Optional.empty();

    @Option(
            names = "--source-snapshot",
            paramLabel = "FILE",
            description = "The groups' offsets on the source: a snapshot.json or consumer-groups-snapshot.json.")
    Optional<Path> sourceSnapshot = Optional.empty();

    @Option(
            names = "--source-bootstrap-servers",
            split = ",",
            paramLabel = "HOST:PORT",
            description = "The source cluster itself: the groups' offsets as they are there now.")
    List<String> sourceServers = List.of();

    @Option(
            names = "--source-command-config",
            paramLabel = "FILE",
            description = "Properties file with the settings of Kafka's clients for the source cluster.")
    Optional<Path> sourceCommandConfig = Optional.empty();
}
