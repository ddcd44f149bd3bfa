package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.coordinator.groups.SourceCommits;
import io.segue.coordinator.restore.BackupArchive;
import io.segue.protocol.group.OffsetSnapshot;
import io.segue.protocol.group.SnapshotStore;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.manifest.GroupSnapshot;
import io.segue.protocol.manifest.GroupSnapshotJson;
import io.segue.protocol.store.FileStore;
import io.segue.protocol.store.ObjectStore;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Reads the offsets that groups had on the source (rule R6). */
final class SourceOffsets {
    private static final long MAX_BYTES = 256L << 20;

    private final Console console;

    SourceOffsets(Console console) {
        this.console = console;
    }

    /** What the flags name: the source cluster itself, or a file. */
    Optional<SourceCommits> named(OriginOptions origin) {
        if (!origin.sourceServers.isEmpty()) {
            return Optional.of(live(origin));
        }
        return origin.sourceSnapshot.map(this::file);
    }

    static Optional<SourceCommits> of(BackupArchive archive) {
        return SourceCommits.of(archive.source(), archive.groups())
                .map(found -> new SourceCommits(
                        found.origin() + " of backup '" + archive.manifest().backupId() + "'",
                        found.takenAt(),
                        found.groups()));
    }

    private SourceCommits live(OriginOptions origin) {
        Map<String, String> properties = new HashMap<>();
        origin.sourceCommandConfig.ifPresent(file -> properties.putAll(properties(file)));
        KafkaConnection connection = new KafkaConnection(origin.sourceServers, properties);
        return console.clusters()
                .with(
                        connection,
                        source -> new SourceCommits(
                                "source cluster " + source.clusterId(),
                                System.currentTimeMillis(),
                                source.commits(source.groupIds())));
    }

    private static Map<String, String> properties(Path file) {
        Properties read = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            read.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnusableOptionException("--source-command-config " + file + " cannot be read: " + e);
        }
        Map<String, String> properties = new HashMap<>();
        read.forEach((key, value) -> properties.put(key.toString(), value.toString()));
        return properties;
    }

    /** A snapshot of groups in either of the peer's two forms. */
    private SourceCommits file(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        String name = Optional.ofNullable(absolute.getFileName()).orElseThrow().toString();
        try (ObjectStore directory =
                new FileStore(Optional.ofNullable(absolute.getParent()).orElseThrow())) {
            byte[] content = directory.read(name, MAX_BYTES);
            if (new String(content, StandardCharsets.UTF_8).contains("\"group_offsets\"")) {
                OffsetSnapshot snapshot = new SnapshotStore(directory).load(name);
                return new SourceCommits(file.toString(), snapshot.createdAt().toEpochMilli(), snapshot.groups());
            }
            GroupSnapshot snapshot = GroupSnapshotJson.read(file.toString(), content);
            Map<String, io.segue.protocol.kafka.GroupCommits> groups = new TreeMap<>();
            snapshot.groups().forEach(group -> groups.put(group.groupId(), group));
            return new SourceCommits(file.toString(), snapshot.takenAt(), groups);
        }
    }
}
