package io.segue.e2e.chaos;

import io.segue.e2e.proof.GroupMember;
import io.segue.e2e.proof.LogReader;
import io.segue.e2e.proof.LogReader.Contents;
import io.segue.e2e.source.GroupSpec;
import io.segue.e2e.source.SourceFiller;
import io.segue.e2e.source.TopicSpec;
import io.segue.sandbox.S3Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * A mix that is on the source, its groups committed, backed up.
 *
 * @param same what a committed reader sees of the topics that keep their partitions
 * @param repartitioned and of the one that does not
 */
record Prepared(Mix mix, List<TopicSpec> topics, Contents same, Contents repartitioned, Path config) {
    static Prepared make(ChaosStage stage, Mix mix, int records) throws InterruptedException {
        long now = System.currentTimeMillis();
        List<TopicSpec> topics = mix.topics(records);
        for (boolean old : new boolean[] {true, false}) {
            new SourceFiller(stage.source(), Mix.period(old, now)).fill(mix.topics(records, old));
        }
        Contents same = read(stage, topics, mix, false);
        Contents repartitioned = read(stage, topics, mix, true);
        GroupMember member = new GroupMember(stage.source());
        for (GroupSpec group : mix.groups()) {
            boolean across = group.places().containsKey(mix.repartitioned());
            member.commit(group.id(), group.offsets(topics, across ? repartitioned : same));
        }
        stage.kafkaBackup().run("backup", "--config", backup(stage, mix, topics).toString());
        return new Prepared(mix, topics, same, repartitioned, restore(stage, mix));
    }

    private static Contents read(ChaosStage stage, List<TopicSpec> topics, Mix mix, boolean repartitioned) {
        List<TopicPartition> partitions = topics.stream()
                .filter(topic -> topic.name().equals(mix.repartitioned()) == repartitioned)
                .flatMap(topic -> topic.topicPartitions().stream())
                .toList();
        return new LogReader(stage.source()).read(partitions, IsolationLevel.READ_COMMITTED);
    }

    long records() {
        return same.count() + repartitioned.count();
    }

    private static Path backup(ChaosStage stage, Mix mix, List<TopicSpec> topics) {
        return write(stage, mix.backupId() + "-backup.yaml", """
                mode: backup
                backup_id: %s
                source:
                  bootstrap_servers: ["%s"]
                  topics:
                    include: [%s]
                %s
                backup:
                  compression: %s
                  segment_max_records: 300
                """.formatted(
                        mix.backupId(),
                        stage.source(),
                        topics.stream().map(TopicSpec::name).collect(Collectors.joining(", ")),
                        storage(stage.s3()),
                        mix.compression()));
    }

    private static Path restore(ChaosStage stage, Mix mix) {
        return write(
                stage,
                mix.backupId() + "-restore.yaml",
                """
                mode: restore
                backup_id: %s
                target:
                  bootstrap_servers: ["%s"]
                %s
                restore:
                  default_replication_factor: 3
                  reset_consumer_offsets: true
                  consumer_groups: [%s]
                """.formatted(
                                        mix.backupId(),
                                        stage.target().bootstrapServers().replace(",", "\", \""),
                                        storage(stage.s3()),
                                        mix.groups().stream().map(GroupSpec::id).collect(Collectors.joining(", ")))
                        + mix.restoreLines().indent(2));
    }

    private static String storage(S3Endpoint s3) {
        return """
                storage:
                  backend: s3
                  bucket: %s
                  prefix: chaos
                  region: %s
                  endpoint: %s
                  allow_http: true""".formatted(s3.bucket(), s3.region(), s3.endpoint());
    }

    private static Path write(ChaosStage stage, String name, String yaml) {
        try {
            return Files.writeString(stage.directory().resolve(name), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + name + " in " + stage.directory(), e);
        }
    }
}
