package io.segue.cli.archive;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.protocol.manifest.GroupSnapshotJson;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.manifest.SourceRecordJson;
import io.segue.protocol.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code describe}: what one backup holds; as JSON or YAML, its manifest. */
@Command(name = "describe", description = "Says what a backup holds. As JSON or YAML: its manifest.")
public final class DescribeCommand implements Subcommand {
    private static final int MOST_ALIASES = 1;

    private final Console console;

    @Mixin
    private BackupLocation location = new BackupLocation();

    @Option(
            names = {"-b", "--backup-id"},
            required = true,
            paramLabel = "ID",
            description = "The backup.")
    private String backupId = "";

    @Option(
            names = {"-f", "--format"},
            paramLabel = "text|json|yaml",
            description = "How it is printed. Default: as --output says.")
    private Optional<Format> format = Optional.empty();

    /** How a manifest is printed. */
    enum Format {
        TEXT,
        JSON,
        YAML
    }

    public DescribeCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        try (ObjectStore store = location.open(console)) {
            Manifest manifest = ManifestJson.load(store, backupId);
            switch (format.orElse(console.json() ? Format.JSON : Format.TEXT)) {
                case JSON -> console.result(new String(ManifestJson.write(manifest), StandardCharsets.UTF_8));
                case YAML -> console.result(yaml(manifest).stripTrailing());
                case TEXT ->
                    console.result(BackupText.of(
                            store.describe(),
                            manifest,
                            SourceRecordJson.load(store, backupId),
                            GroupSnapshotJson.load(store, backupId)));
            }
            return ExitCode.DONE;
        }
    }

    private static String yaml(Manifest manifest) {
        DumperOptions block = new DumperOptions();
        block.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        LoaderOptions limits = new LoaderOptions();
        limits.setMaxAliasesForCollections(MOST_ALIASES);
        limits.setCodePointLimit(Integer.MAX_VALUE);
        // JSON is YAML: reading it back as such keeps the order of the fields
        Object document = new Yaml(limits).load(new String(ManifestJson.write(manifest), StandardCharsets.UTF_8));
        return new Yaml(block).dump(document);
    }
}
