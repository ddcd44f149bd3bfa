package io.segue.cli.groups;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.config.ConfigFile;
import io.segue.coordinator.preflight.Finding;
import io.segue.coordinator.preflight.Finding.Verdict;
import io.segue.coordinator.preflight.Preflight;
import io.segue.coordinator.restore.BackupArchive;
import io.segue.coordinator.restore.RestoreOptions;
import io.segue.coordinator.restore.RestoreSpecs;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.Stores;
import io.segue.protocol.time.Time;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}. */
@Command(
        name = "doctor",
        description = {
            "Answers, before a restore or a reset, what otherwise shows only afterwards: headers, cluster ids, strategy,"
                    + " partitions, topic mappings, consumers, rights, retention, limits, disks.",
            "Each answer has its evidence and what to do. Nothing is changed."
        })
public final class DoctorCommand implements Subcommand {
    private final Console console;

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration file, with mode: restore.")
    private Path file = Path.of("");

    public DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        Optional<JobConfig> loaded = ConfigFile.load(file, console);
        if (loaded.isEmpty()) {
            return ExitCode.USAGE;
        }
        JobConfig config = loaded.get();
        JobConfig.Cluster target = config.target()
                .orElseThrow(() -> new UnusableOptionException("--config " + file + " has no target to look at"));
        try (ObjectStore store = new Stores(console.environment()).open(config.storage())) {
            BackupArchive archive = BackupArchive.load(store, config.backupId());
            List<Finding> findings =
                    console.clusters().with(target.connection(), cluster -> findings(config, store, archive, cluster));
            print(findings);
            return findings.stream().anyMatch(found -> found.verdict() == Verdict.FAIL)
                    ? ExitCode.FAILED
                    : ExitCode.DONE;
        }
    }

    private static List<Finding> findings(
            JobConfig config, ObjectStore store, BackupArchive archive, KafkaCluster cluster) {
        RestoreSpec spec = RestoreSpecs.of(config, RestoreOptions.of(Map.of()), archive, cluster.clusterId())
                .spec();
        List<Finding> all = new ArrayList<>(new Checklist(config, archive, store, cluster).findings(spec));
        new Preflight(cluster, Time.system().wallMillis())
                .of(spec, archive.forPreflight()).stream()
                        .filter(found ->
                                all.stream().noneMatch(other -> other.question().equals(found.question())))
                        .forEach(all::add);
        return all;
    }

    private void print(List<Finding> findings) {
        if (console.json()) {
            ArrayNode rows = JsonNodeFactory.instance.arrayNode();
            findings.forEach(found -> rows.addObject()
                    .put("verdict", found.verdict().name().toLowerCase(Locale.ROOT))
                    .put("question", found.question())
                    .put("evidence", found.evidence())
                    .put("fix", found.fix()));
            console.result(rows);
            return;
        }
        for (Finding found : findings) {
            console.result(String.format("%-4s  %s", found.verdict(), found.question()));
            console.result("      " + found.evidence());
            if (!found.fix().isEmpty()) {
                console.result("      → " + found.fix());
            }
        }
    }
}
