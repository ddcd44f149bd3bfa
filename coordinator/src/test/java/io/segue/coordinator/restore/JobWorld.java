package io.segue.coordinator.restore;

import io.segue.coordinator.dispatch.PassingTime;
import io.segue.coordinator.dispatch.ScriptedWorkers;
import io.segue.coordinator.jobs.JobHistory;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.plan.RestorePlan;
import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.kafka.InMemoryKafkaCluster;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.SourceRecord;
import io.segue.protocol.manifest.SourceRecord.SourceCommit;
import io.segue.protocol.manifest.SourceRecord.SourceGroup;
import io.segue.protocol.manifest.SourceRecord.SourceTopic;
import io.segue.protocol.store.InMemoryObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A backup of two topics and a group, a target cluster that outlives the processes, and jobs on them: {@code orders} with
 * source offsets 100 to 109 and 0 to 4, {@code payments} with 0 to 6; {@code billing} has read up to 105, 5 and 0.
 */
public final class JobWorld {
    public final InMemoryKafkaCluster target = new InMemoryKafkaCluster("target-cluster");
    public final JobStore jobs;
    public final ScriptedWorkers workers;
    public final PassingTime time = new PassingTime();
    final List<String> said = new ArrayList<>();
    Map<String, String> configs = Map.of("retention.ms", "-1", "cleanup.policy", "compact");
    Map<String, String> topicMapping = Map.of();
    public String manifestSha256 = "0f";
    public boolean stopped;
    boolean keepFrozen;
    boolean reset = true;

    public JobWorld() {
        this(new InMemoryObjectStore());
    }

    JobWorld(InMemoryObjectStore store) {
        this.jobs = new JobStore(store);
        this.workers = new ScriptedWorkers(jobs, target);
    }

    public BackupArchive archive() {
        Manifest manifest = new Manifest(
                "backup-1",
                0,
                "source-cluster",
                List.of(),
                "zstd",
                List.of(
                        new Manifest.Topic("orders", 2, List.of(partition(0, 100, 10), partition(1, 0, 5))),
                        new Manifest.Topic("payments", 1, List.of(partition(0, 0, 7)))));
        SourceRecord source = new SourceRecord(
                "source-cluster",
                0,
                List.of(
                        new SourceTopic("orders", "id-1", configs, List.of()),
                        new SourceTopic("payments", "id-2", configs, List.of())),
                List.of(new SourceGroup(
                        "billing",
                        "Empty",
                        List.of(
                                new SourceCommit("orders", 0, 105, null),
                                new SourceCommit("orders", 1, 5, null),
                                new SourceCommit("payments", 0, 0, null)))));
        return new BackupArchive(manifest, manifestSha256, Optional.of(source), Optional.empty());
    }

    private static Manifest.Partition partition(int id, long start, long records) {
        long half = records / 2;
        return new Manifest.Partition(
                id, List.of(segment(start, half), segment(start + half, records - half)), List.of());
    }

    private static Manifest.Segment segment(long start, long records) {
        return new Manifest.Segment("s-" + start, start, start + records - 1, 0, 0, records, 90, 10 * records);
    }

    RestoreSpec spec() {
        return new RestoreSpec(
                "backup-1",
                manifestSha256,
                "source-cluster",
                "target-cluster",
                new RestoreSpec.Selected(List.of(), List.of(), Set.of(), topicMapping, Map.of(), null, null),
                RestoreSpec.Placement.PLAIN,
                false,
                BatchCompression.LZ4,
                new RestoreSpec.Topics(true, 1, keepFrozen),
                new RestoreSpec.Groups(reset, List.of(), NoAnswerPolicy.REFUSE));
    }

    /** Told of every line, so that something may happen there. */
    Consumer<String> heard = line -> {};

    RestoreJobs restores() {
        JobListener listener = new JobListener() {
            @Override
            public void phase(String title) {
                said.add(title);
            }

            @Override
            public void said(String line) {
                said.add(line);
                heard.accept(line);
            }

            @Override
            public void expected(long records, long bytes) {}

            @Override
            public void advanced(long records, long bytes) {}
        };
        return new RestoreJobs(jobs, target, listener, new RunLimits(workers, time, 2, () -> stopped));
    }

    RestorePlan.Outcome plan() {
        return restores().plan(new RestoreOrder(spec(), List.of(), List.of()), archive());
    }

    /** A new process starts a new job and runs it. */
    public JobReport start() throws InterruptedException {
        RestorePlan.Outcome outcome = plan();
        if (outcome instanceof RestorePlan.Outcome.Planned planned) {
            return resume(restores().create(spec(), planned.plan()));
        }
        throw new AssertionError(outcome);
    }

    /** A new process goes on with a job. */
    JobReport resume(String jobId) throws InterruptedException {
        return restores().open(jobId, archive(), "pid 1").run();
    }

    /** A new process rebuilds places of the only job. */
    JobReport rebuild(String place) throws InterruptedException {
        return rebuild(onlyJob(), place);
    }

    JobReport rebuild(String jobId, String place) throws InterruptedException {
        return restores()
                .open(jobId, archive(), "pid 1", new JobCommand.Rebuild("ada", 0, List.of(place)))
                .run();
    }

    String onlyJob() {
        return jobs.ids().get(0);
    }

    JobHistory history() {
        return JobHistory.of(jobs.journal(onlyJob()).events());
    }

    /** Committed on the target. */
    Map<String, Long> committed(String group) {
        Map<String, Long> offsets = new TreeMap<>();
        target.commits(group)
                .commits()
                .forEach((partition, commit) -> offsets.put(partition.toString(), commit.offset()));
        return offsets;
    }

    Map<String, String> configsOf(String topic) {
        return Objects.requireNonNull(target.topics().get(topic)).configs();
    }

    long end(String topic, int partition) {
        TopicPartition at = new TopicPartition(topic, partition);
        return Objects.requireNonNull(target.logRanges(List.of(at)).get(at)).highWatermark();
    }
}
