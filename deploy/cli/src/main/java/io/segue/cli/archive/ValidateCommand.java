package io.segue.cli.archive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.coordinator.check.ManifestCheck;
import io.segue.coordinator.check.ValidationReport;
import io.segue.coordinator.check.ValidationReport.Finding;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.InvalidDocumentException;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code validate}: whether a backup is complete and undamaged. */
@Command(
        name = "validate",
        description = "Checks that every segment of a backup is there and as long as it should be; with --deep, that"
                + " every record of it can be read.")
public final class ValidateCommand implements Subcommand {
    private final Console console;

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

    public ValidateCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
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
            console.resultOf(json(summary, report), () -> ValidationText.of(store.describe(), summary, report));
            return report.valid() ? ExitCode.DONE : ExitCode.FAILED;
        } catch (InvalidDocumentException | StoreException.NotFound | StoreException.TooLarge e) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("backup_id", backupId).put("valid", false).put("error", e.getMessage());
            console.resultOf(node, () -> e.getMessage() + System.lineSeparator() + "Result: INVALID");
            return ExitCode.FAILED;
        }
    }

    private static ObjectNode json(BackupSummary summary, ValidationReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ListCommand.put(root, summary);
        root.put("valid", report.valid());
        root.put("deep", report.deep());
        root.put("segments_read", report.segmentsRead());
        root.put("records_read", report.recordsRead());
        ArrayNode findings = root.putArray("findings");
        for (Finding finding : report.findings()) {
            ObjectNode node =
                    findings.addObject().put("kind", finding.kind().name().toLowerCase(Locale.ROOT));
            TopicPartition partition = finding.partition();
            if (partition != null) {
                node.put("topic", partition.topic()).put("partition", partition.partition());
            }
            node.put("key", finding.key()).put("message", finding.message());
        }
        return root;
    }
}
