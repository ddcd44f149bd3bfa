package io.segue.e2e.chaos;

import io.segue.e2e.fleet.JobFiles;
import io.segue.e2e.fleet.Stage;
import io.segue.e2e.proof.GroupMember;
import io.segue.e2e.proof.LogReader;
import io.segue.e2e.proof.LogReader.Contents;
import io.segue.e2e.source.GroupSpec;
import io.segue.e2e.source.SourceFiller;
import io.segue.e2e.source.TopicSpec;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * A mix that is on the source, its groups committed, backed up.
 *
 * @param same what a committed reader sees of the topics that keep their partitions
 * @param repartitioned and of the one that does not
 */
record Prepared(Mix mix, List<TopicSpec> topics, Contents same, Contents repartitioned, Path config) {
    static Prepared make(Stage stage, Mix mix, int records) throws InterruptedException {
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

    private static Contents read(Stage stage, List<TopicSpec> topics, Mix mix, boolean repartitioned) {
        List<TopicPartition> partitions = topics.stream()
                .filter(topic -> topic.name().equals(mix.repartitioned()) == repartitioned)
                .flatMap(topic -> topic.topicPartitions().stream())
                .toList();
        return new LogReader(stage.source()).read(partitions, IsolationLevel.READ_COMMITTED);
    }

    long records() {
        return same.count() + repartitioned.count();
    }

    private static Path backup(Stage stage, Mix mix, List<TopicSpec> topics) {
        return new JobFiles(stage.directory(), stage.s3())
                .backup(
                        mix.backupId() + "-backup.yaml",
                        mix.backupId(),
                        stage.source(),
                        topics.stream().map(TopicSpec::name).toList(),
                        "compression: " + mix.compression() + "\nsegment_max_records: 300");
    }

    private static Path restore(Stage stage, Mix mix) {
        return new JobFiles(stage.directory(), stage.s3())
                .restore(
                        mix.backupId() + "-restore.yaml",
                        mix.backupId(),
                        stage.target(),
                        mix.groups().stream().map(GroupSpec::id).toList(),
                        "default_replication_factor: 3\n" + mix.restoreLines());
    }
}
