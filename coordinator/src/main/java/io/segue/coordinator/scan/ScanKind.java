package io.segue.coordinator.scan;

import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.jobs.JobMeans;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.jobs.KindOfJob;
import io.segue.coordinator.jobs.RunnableJob;
import io.segue.coordinator.restore.RunLimits;
import io.segue.protocol.config.ConfigResult;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.OffsetResetConfig;
import io.segue.protocol.config.yaml.Problem;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobRequest;
import io.segue.protocol.job.JobState;
import io.segue.protocol.kafka.KafkaCluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Scans of headers in a fleet: of the target that the configuration names. The option {@code topic} lists its topics, with
 * commas between them; {@code source-cluster}, else {@code offset_reset.source_cluster}, says whose records are meant.
 */
public final class ScanKind implements KindOfJob {
    static final String TOPIC = "topic";
    static final String SOURCE_CLUSTER = "source-cluster";

    private final JobMeans means;

    public ScanKind(JobMeans means) {
        this.means = means;
    }

    @Override
    public JobKind kind() {
        return JobKind.SCAN;
    }

    @Override
    public Planning plan(JobRequest request, JobListener listener) {
        ConfigResult result = means.config(request);
        if (result instanceof ConfigResult.Refused refused) {
            return new Planning.Refused(
                    refused.errors().stream().map(Problem::toString).toList());
        }
        JobConfig config = ((ConfigResult.Loaded) result).config();
        List<String> topics = List.of(request.options().getOrDefault(TOPIC, "").split(",")).stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (config.target().isEmpty() || topics.isEmpty()) {
            return new Planning.Refused(
                    List.of("a scan wants a target section, and the topics in the option " + TOPIC));
        }
        try (KafkaCluster target = means.clusters().apply(config.target().get().connection())) {
            scans(target, listener, () -> false)
                    .create(request.jobId(), request.submittedAt(), request(request, config, topics));
            return new Planning.Planned();
        } catch (JobRefusedException e) {
            return new Planning.Refused(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static ScanRequest request(JobRequest request, JobConfig config, List<String> topics) {
        Map<String, String> sourceTopics = new HashMap<>();
        Map<String, String> restored = config.restore().topicMapping();
        config.offsetReset()
                .map(OffsetResetConfig::topicMapping)
                .filter(mapping -> !mapping.isEmpty())
                .orElse(restored)
                .forEach((source, target) -> sourceTopics.put(target, source));
        return new ScanRequest(
                topics,
                Optional.ofNullable(request.options().get(SOURCE_CLUSTER))
                        .or(() -> config.offsetReset().flatMap(OffsetResetConfig::sourceCluster))
                        .orElse(null),
                sourceTopics,
                Optional.empty());
    }

    @Override
    public RunnableJob open(
            JobJournal journal, JobFile file, JobRequest request, JobListener listener, BooleanSupplier stopped) {
        if (!(means.config(request) instanceof ConfigResult.Loaded loaded)
                || loaded.config().target().isEmpty()) {
            throw new JobRefusedException("the configuration of job " + file.jobId()
                    + " cannot be used here any more; is this process's environment that of the one that planned it?");
        }
        KafkaCluster target =
                means.clusters().apply(loaded.config().target().get().connection());
        return new Running(target, scans(target, listener, stopped), file, journal);
    }

    private ScanJobs scans(KafkaCluster target, JobListener listener, BooleanSupplier stopped) {
        return new ScanJobs(
                means.jobs(),
                target,
                listener,
                new RunLimits(means.workers(), means.time(), means.tasksAtATime(), stopped));
    }

    private record Running(KafkaCluster target, ScanJobs scans, JobFile file, JobJournal journal)
            implements RunnableJob {
        @Override
        public JobState run() throws InterruptedException {
            return scans.open(file, journal)
                    .run()
                    .map(scan -> scan.report().state())
                    .orElse(JobState.INTERRUPTED);
        }

        @Override
        public void close() {
            target.close();
        }
    }
}
