package io.segue.e2e.demo;

import io.segue.e2e.demo.RestoreAct.Restored;
import io.segue.e2e.fleet.JobFiles;
import io.segue.e2e.fleet.Stage;
import io.segue.e2e.proof.Examination;
import io.segue.e2e.proof.GroupMember;
import io.segue.e2e.proof.LogReader;
import io.segue.e2e.proof.LogReader.Contents;
import io.segue.e2e.proof.Proof;
import io.segue.e2e.source.GroupSpec;
import io.segue.e2e.source.Period;
import io.segue.e2e.source.SourceFiller;
import io.segue.e2e.source.TopicSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** The demo from the first record to the table. */
final class DemoRun {
    static final String BACKUP_ID = "demo";

    private final Stage stage;
    private final Story story;
    private final List<TopicSpec> topics;
    private final List<GroupSpec> groups = GroupSpec.all();
    private final List<TopicPartition> partitions;

    DemoRun(Stage stage, Story story, int records) {
        this.stage = stage;
        this.story = story;
        this.topics = TopicSpec.all(records);
        this.partitions = topics.stream()
                .flatMap(topic -> topic.topicPartitions().stream())
                .toList();
    }

    Result run() throws InterruptedException {
        Contents wanted = fill();
        commit(wanted);
        startFleet();
        backUp();
        try (TargetWatch watch = new TargetWatch(stage.target(), partitions)) {
            Restored restored = restore(new RestoreAct(stage.kafkaBackup(), stage.fleet(), watch, wanted.count()));
            Proof proof = examine(wanted);
            return new Result(
                    wanted.count(),
                    partitions.size(),
                    wanted.bytes(),
                    restored.deaths(),
                    restored.throughput().seconds(),
                    proof,
                    story.elapsed());
        }
    }

    private Contents fill() throws InterruptedException {
        story.step("Filling the source with orders and payments that are 40 days old");
        new SourceFiller(stage.source(), Period.old(System.currentTimeMillis())).fill(topics);
        Contents contents = new LogReader(stage.source()).read(partitions, IsolationLevel.READ_COMMITTED);
        for (TopicSpec topic : topics) {
            long count = topic.topicPartitions().stream()
                    .mapToLong(each -> contents.of(each).size())
                    .sum();
            story.say(String.format(
                    "%-10s %d partitions  %9s records  %s",
                    topic.name(), topic.partitions(), Story.count(count), topic.about()));
        }
        story.say("in all " + Story.count(contents.count()) + " committed records, " + contents.bytes() / 1_000_000
                + " MB, each remembered by its SHA-256");
        return contents;
    }

    private void commit(Contents contents) {
        story.step("Committing consumer groups");
        GroupMember member = new GroupMember(stage.source());
        for (GroupSpec group : groups) {
            member.commit(group.id(), group.offsets(topics, contents));
            story.say(String.format("%-18s %s", group.id(), group.about()));
        }
    }

    private void startFleet() {
        story.step("Starting a fleet: a coordinator and three workers, each a process");
        stage.startFleet();
        story.say("its state is on S3: " + stage.fleetState());
    }

    private void backUp() throws InterruptedException {
        Path config = files().backup(
                        "backup.yaml",
                        BACKUP_ID,
                        stage.source(),
                        topics.stream().map(TopicSpec::name).toList(),
                        "segment_max_bytes: 8388608");
        story.step("Backing up to S3, on all workers: kafka-backup backup");
        stage.kafkaBackup().run("backup", "--config", config.toString());
    }

    private JobFiles files() {
        return new JobFiles(stage.directory(), stage.s3());
    }

    private Restored restore(RestoreAct act) throws InterruptedException {
        Path config = files().restore(
                        "restore.yaml",
                        BACKUP_ID,
                        stage.target(),
                        groups.stream().map(GroupSpec::id).toList(),
                        "max_concurrent_partitions: 4");
        story.step("Restoring to the other cluster: kafka-backup three-phase-restore");
        return act.run(config, story);
    }

    private Proof examine(Contents wanted) throws InterruptedException {
        story.step("Checking with plain Kafka consumers, against what a consumer reads on the source");
        return new Examination(
                        stage.source(),
                        stage.target(),
                        topics.stream().map(TopicSpec::name).collect(Collectors.toUnmodifiableSet()),
                        groups.stream().collect(Collectors.toMap(GroupSpec::id, group -> group.partitions(topics))))
                .examine(wanted, story::say);
    }
}
