package io.segue.cli.archive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.archive.ValidationReport.Finding;
import io.segue.cli.progress.ProgressReporter;
import io.segue.protocol.manifest.InvalidDocumentException;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final long IN_MEMORY = 8L << 20;

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
            ValidationReport report = validate(store, manifest);
            console.resultOf(json(report), () -> ValidationText.of(store.describe(), report));
            return report.valid() ? ExitCode.DONE : ExitCode.FAILED;
        } catch (InvalidDocumentException | StoreException.NotFound | StoreException.TooLarge e) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("backup_id", backupId).put("valid", false).put("error", e.getMessage());
            console.resultOf(node, () -> e.getMessage() + System.lineSeparator() + "Result: INVALID");
            return ExitCode.FAILED;
        }
    }

    private ValidationReport validate(ObjectStore store, Manifest manifest) {
        Path spool = deep ? newSpool() : Path.of("");
        try (ProgressReporter progress = console.progress()) {
            Optional<SegmentAudit> audit =
                    deep ? Optional.of(new SegmentAudit(store, spool, IN_MEMORY)) : Optional.empty();
            return new BackupValidation(store, manifest, audit, progress).run();
        } finally {
            if (deep) {
                remove(spool);
            }
        }
    }

    private Path newSpool() {
        try {
            return Files.createTempDirectory(console.temporary(), "kafka-backup-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory for segments: " + e.getMessage(), e);
        }
    }

    private void remove(Path spool) {
        try {
            Files.deleteIfExists(spool.resolve("segment"));
            Files.delete(spool);
        } catch (IOException e) {
            console.note("Warning: " + spool + " could not be removed: " + e.getMessage());
        }
    }

    private static ObjectNode json(ValidationReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ListCommand.put(root, report.summary());
        root.put("valid", report.valid());
        root.put("deep", report.deep());
        root.put("segments_read", report.segmentsRead());
        root.put("records_read", report.recordsRead());
        ArrayNode findings = root.putArray("findings");
        for (Finding finding : report.findings()) {
            findings.addObject()
                    .put("kind", finding.kind().name().toLowerCase(Locale.ROOT))
                    .put("topic", finding.partition().topic())
                    .put("partition", finding.partition().partition())
                    .put("key", finding.key())
                    .put("message", finding.message());
        }
        return root;
    }
}
