package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Key;
import io.segue.protocol.config.yaml.Section;
import java.util.List;
import java.util.stream.Collectors;

/** The reference of the configuration in Markdown, made from the tables that the loader reads by. */
final class ConfigReference {
    private ConfigReference() {}

    static String markdown() {
        LocalFiles files = LocalFiles.ofThisMachine();
        return chapter("Top level", new RootSection(files).section())
                + chapter("`source:` and `target:`", ClusterSection.keys())
                + chapter("`security:` of a cluster", new SecuritySection(files).section())
                + chapter("`topics:` of a cluster", TopicsSection.OF_TARGET)
                + chapter("`storage:` and `state:` with `backend: s3`", StorageSection.S3)
                + chapter("`storage:` and `state:` with `backend: filesystem`", StorageSection.FILE_SYSTEM)
                + chapter("`backup:`", BackupSection.SECTION)
                + chapter("`restore:`", RestoreSection.SECTION)
                + chapter("`offset_reset:`", OffsetResetSection.SECTION)
                + chapter("`connection:` of a cluster", PeerSections.CONNECTION)
                + chapter("`offset_storage:`", PeerSections.OFFSET_STORAGE)
                + chapter("`metrics:`", PeerSections.METRICS);
    }

    /** Of a process of a fleet. */
    static String fleetMarkdown() {
        return chapter("Top level of a fleet's file", FleetSection.section(FleetSection.COORDINATOR_KEY))
                + chapter("`cluster:`", FleetSection.CLUSTER)
                + chapter("`coordinator:`", FleetSection.COORDINATOR)
                + chapter("`worker:`", FleetSection.WORKER)
                + chapter("`api:` of a coordinator", FleetSection.address(8700))
                + chapter("`http:` of a worker", FleetSection.address(8701));
    }

    private static String chapter(String title, Section<?> section) {
        return chapter(title, section.keys());
    }

    private static String chapter(String title, List<Key<?>> keys) {
        String rows = keys.stream().map(ConfigReference::row).collect(Collectors.joining());
        return "### " + title + "\n\n| key | value | default | meaning |\n|---|---|---|---|\n" + rows + "\n";
    }

    private static String row(Key<?> key) {
        return "| `" + key.name() + "` | " + cell(key.type().describe()) + " | " + cell(otherwise(key)) + " | "
                + cell(key.meaning() + aliases(key) + effect(key)) + " |\n";
    }

    private static String otherwise(Key<?> key) {
        if (key.need() instanceof Key.Need.Required) {
            return "**required**";
        }
        return key.need() instanceof Key.Need.Otherwise<?> otherwise ? "`" + otherwise.shown() + "`" : "–";
    }

    private static String aliases(Key<?> key) {
        return key.aliases().isEmpty() ? "" : " Also accepted: `" + String.join("`, `", key.aliases()) + "`.";
    }

    private static String effect(Key<?> key) {
        if (key.effect() instanceof Key.Effect.Nothing nothing) {
            return " *No effect, with a warning: " + nothing.why() + ".*";
        }
        return key.effect() instanceof Key.Effect.Refusal refusal ? " *Refused: " + refusal.why() + ".*" : "";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
