package io.segue.cli.archive;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.client.FleetJobs;
import io.segue.cli.client.Fleets;
import io.segue.cli.client.RequestText;
import io.segue.coordinator.check.ManifestCheck;
import io.segue.coordinator.check.ValidationReport;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.manifest.InvalidDocumentException;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code validate}: whether a backup is complete and undamaged. */
@Command(
        name = "validate",
        description = "Checks that every segment of a backup is there and as long as it should be; with --deep, that"
                + " every record of it can be read; where a fleet is named, by its workers.")
public final class ValidateCommand implements Subcommand {
    private final Console console;
    private final Fleets fleets;

    @Mixin
    private BackupLocation location = new BackupLocation();

    @Option(
            names = {"-b", "--backup-id"},
            required = true,
            paramLabel = "ID",
            description = "The backup.")
    private String backupId = "";

    @Option(names = "--deep", description = "Read every record: checksums, counts, offsets.")
    private boolean deep;

    public ValidateCommand(Console console, Fleets fleets) {
        this.console = console;
        this.fleets = fleets;
    }

    @Override
    public ExitCode run() {
        Optional<FleetJobs> fleet = deep ? fleets.named() : Optional.empty();
        return fleet.isPresent() ? onFleet(fleet.get()) : here();
    }

    private ExitCode onFleet(FleetJobs fleet) {
        String config = RequestText.validation(backupId, location.config());
        return fleet.run(JobKind.VALIDATION, config, Map.of(), FleetJobs.Ended.NOTHING);
    }

    private ExitCode here() {
        try (ObjectStore store = location.open(console)) {
            Manifest manifest = ManifestJson.load(store, backupId);
            Optional<ValidationReport> found = deep
                    ? new DeepValidation(console, location.config()).run(backupId, manifest)
                    : Optional.of(ManifestCheck.run(store, backupId, manifest));
            if (found.isEmpty()) {
                console.note("Stopped before everything was read");
                return ExitCode.INTERRUPTED;
            }
            BackupSummary summary = BackupSummary.of(manifest);
            ValidationReport report = found.get();
            console.resultOf(
                    ValidationReports.json(Optional.of(summary), report),
                    () -> ValidationText.of(Optional.of(summary.in(store.describe())), report));
            return ValidationReports.exitCode(report);
        } catch (InvalidDocumentException | StoreException.NotFound | StoreException.TooLarge e) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("backup_id", backupId).put("valid", false).put("error", e.getMessage());
            console.resultOf(node, () -> e.getMessage() + System.lineSeparator() + "Result: INVALID");
            return ExitCode.FAILED;
        }
    }
}
