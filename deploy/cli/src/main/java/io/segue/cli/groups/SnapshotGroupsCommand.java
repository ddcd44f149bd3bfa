package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.config.ConfigFile;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.Group;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.GroupSnapshot;
import io.segue.protocol.manifest.GroupSnapshotJson;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.manifest.SourceRecord;
import io.segue.protocol.manifest.SourceRecord.SourceCommit;
import io.segue.protocol.manifest.SourceRecord.SourceGroup;
import io.segue.protocol.manifest.SourceRecordJson;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.Stores;
import io.segue.protocol.time.Time;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code snapshot-groups}. */
@Command(
        name = "snapshot-groups",
        description =
                "Stores what the source's groups have committed now with a backup that exists, in place of what it"
                        + " holds of them: for a cut-over after the last backup.")
public final class SnapshotGroupsCommand implements Subcommand {
    private final Console console;

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration of the backup, with mode: backup.")
    private Path file = Path.of("");

    public SnapshotGroupsCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        Optional<JobConfig> loaded = ConfigFile.load(file, console);
        if (loaded.isEmpty()) {
            return ExitCode.USAGE;
        }
        JobConfig config = loaded.get();
        JobConfig.Cluster source = config.source()
                .orElseThrow(() -> new UnusableOptionException(
                        "--config " + file + " has no source: the groups are those of the source cluster"));
        try (ObjectStore store = new Stores(console.environment()).open(config.storage())) {
            Manifest manifest = ManifestJson.load(store, config.backupId());
            Set<String> topics =
                    manifest.topics().stream().map(Manifest.Topic::name).collect(Collectors.toSet());
            return console.clusters()
                    .with(source.connection(), cluster -> take(cluster, store, config.backupId(), topics));
        }
    }

    private ExitCode take(KafkaCluster cluster, ObjectStore store, String backupId, Set<String> topics) {
        long now = Time.system().wallMillis();
        List<GroupCommits> groups = new ArrayList<>();
        cluster.commits(cluster.groupIds()).values().forEach(group -> {
            Map<TopicPartition, Commit> ours = new TreeMap<>(group.commits());
            ours.keySet().removeIf(partition -> !topics.contains(partition.topic()));
            if (!ours.isEmpty()) {
                groups.add(new GroupCommits(group.groupId(), ours));
            }
        });
        if (groups.isEmpty()) {
            console.note("Error: no group of cluster " + cluster.clusterId() + " has offsets on a topic of backup '"
                    + backupId + "'; what it holds of groups is left as it is");
            return ExitCode.FAILED;
        }
        Optional<SourceRecord> record = SourceRecordJson.load(store, backupId);
        if (record.filter(found -> !found.clusterId().equals(cluster.clusterId()))
                .isPresent()) {
            console.note("Error: backup '" + backupId + "' is of cluster "
                    + record.orElseThrow().clusterId() + ", this is cluster " + cluster.clusterId());
            return ExitCode.USAGE;
        }
        Map<String, Group> standing =
                cluster.groups(groups.stream().map(GroupCommits::groupId).toList());
        // Ours first: restores prefer it, and the peer's alone would be the older of the two.
        record.ifPresent(found -> store.put(
                SourceRecord.key(backupId),
                SourceRecordJson.write(
                        new SourceRecord(found.clusterId(), now, found.topics(), sourceGroups(groups, standing)))));
        store.put(GroupSnapshot.key(backupId), GroupSnapshotJson.write(new GroupSnapshot(now, groups)));
        console.result("Committed offsets of " + groups.size() + " groups stored with backup " + backupId);
        return ExitCode.DONE;
    }

    private static List<SourceGroup> sourceGroups(List<GroupCommits> groups, Map<String, Group> standing) {
        return groups.stream()
                .map(group -> new SourceGroup(
                        group.groupId(),
                        Optional.ofNullable(standing.get(group.groupId()))
                                .map(Group::state)
                                .orElse("Unknown"),
                        group.commits().entrySet().stream()
                                .map(entry -> new SourceCommit(
                                        entry.getKey().topic(),
                                        entry.getKey().partition(),
                                        entry.getValue().offset(),
                                        entry.getValue().metadata()))
                                .toList()))
                .toList();
    }
}
