package io.segue.e2e.groups;

import io.segue.cli.KafkaBackupMain;
import io.segue.cli.Shell;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.MappingBundleJson;
import io.segue.protocol.mapping.MappingDocument;
import io.segue.protocol.mapping.OffsetMapping;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.PeerMappingJson;
import io.segue.protocol.mapping.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A topic of the target that a restore left, with the mapping file that it wrote: source offset {@code FIRST + n} stands at
 * target offset {@code n}, in each partition, with {@code n} as its value.
 */
final class ResetWorld {
    static final int RECORDS = 100;
    static final long FIRST = 1000;

    final String topic;
    private final TargetCluster target;
    private final Path home;
    private final int partitions;
    private final Map<String, GroupCommits> source = new TreeMap<>();
    private final Map<TopicPartition, TopicPartition> empty = new TreeMap<>();

    /**
     * @param replicas of the topic
     * @param home of the commands, and the place of the file
     */
    ResetWorld(TargetCluster target, Path home, int partitions, int replicas) throws Exception {
        this.target = target;
        this.home = home;
        this.partitions = partitions;
        this.topic = TargetCluster.unique("restored");
        target.cluster.createTopic(topic, partitions, replicas, Map.of());
        for (int p = 0; p < partitions; p++) {
            target.plain.produce(topic, p, 0, RECORDS);
        }
    }

    TopicPartition at(int partition) {
        return new TopicPartition(topic, partition);
    }

    /** A group that had committed this on the source in every partition. */
    String group(String name, long committed) {
        Map<TopicPartition, Commit> commits = new TreeMap<>();
        for (int p = 0; p < partitions; p++) {
            commits.put(at(p), new Commit(committed, "of " + name));
        }
        return group(name, commits);
    }

    String group(String name, Map<TopicPartition, Commit> commits) {
        String id = TargetCluster.unique(name);
        source.put(id, new GroupCommits(id, commits));
        return id;
    }

    /** A topic of one partition of which nothing was archived; it is empty on the target. */
    TopicPartition nothingArchived() {
        TopicPartition place = new TopicPartition(TargetCluster.unique("empty"), 0);
        target.cluster.createTopic(place.topic(), 1, 1, Map.of());
        empty.put(place, place);
        return place;
    }

    String mappingFile() throws IOException {
        Path file = home.resolve("mapping.json");
        List<OffsetMapping> mappings = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            mappings.add(new PartitionMapping(at(p), at(p), List.of(new Run(FIRST, 0, RECORDS))));
        }
        MappingDocument document = new MappingDocument("source", target.cluster.clusterId(), 1, mappings);
        try (OutputStream out = Files.newOutputStream(file)) {
            MappingBundleJson.write(
                    out,
                    new MappingBundle(
                            "world", document, empty, List.of(target.servers.split(",")), Optional.of(source)),
                    PeerMappingJson.Detail.RUNS);
        }
        return file.toString();
    }

    /** Runs {@code kafka-backup …} and expects this exit code; what it printed, on both streams. */
    String run(int wanted, String... command) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = KafkaBackupMain.run(
                new Shell(Map.of("SEGUE_HOME", home.toString()), out, out, Optional.empty(), home, System::nanoTime),
                command);
        String printed = said.toString(StandardCharsets.UTF_8);
        if (code != wanted) {
            throw new AssertionError(String.join(" ", command) + ": exit " + code + ", not " + wanted + "\n" + printed);
        }
        return printed;
    }

    /** A reset of every group by the mapping. */
    String reset(int wanted, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("offset-reset", "execute", "--mapping-file", mappingFile()));
        command.addAll(List.of(more));
        return run(wanted, command.toArray(String[]::new));
    }

    /** Committed on the target, by partition. */
    Map<Integer, Long> committed(String group) {
        Map<Integer, Long> offsets = new TreeMap<>();
        target.cluster.commits(group).commits().forEach((place, commit) -> {
            if (place.topic().equals(topic)) {
                offsets.put(place.partition(), commit.offset());
            }
        });
        return offsets;
    }
}
