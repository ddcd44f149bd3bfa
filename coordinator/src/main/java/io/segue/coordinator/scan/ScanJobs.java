package io.segue.coordinator.scan;

import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobListener;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.restore.RunLimits;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.ScanSpec;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import io.segue.protocol.kafka.TopicPartition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plans, creates and opens scan jobs. They read the target and change nothing on it. */
public final class ScanJobs {
    private final JobStore jobs;
    private final KafkaCluster target;
    private final JobListener listener;
    private final RunLimits limits;

    /**
     * {@code scanned.json}: what is read of each partition.
     *
     * @param topicIds base64 by topic
     * @param stretches first offset (inclusive) and last stable offset (exclusive), by partition as text
     */
    record Scope(int version, Map<String, String> topicIds, Map<String, List<Long>> stretches) {
        static final String NAME = "scanned.json";
    }

    public ScanJobs(JobStore jobs, KafkaCluster target, JobListener listener, RunLimits limits) {
        this.jobs = jobs;
        this.target = target;
        this.listener = listener;
        this.limits = limits;
    }

    /**
     * Stores a new job.
     *
     * @param createdAt epoch milliseconds
     * @throws JobRefusedException if a topic does not exist, or is not the one that an earlier scan read
     */
    public void create(String jobId, long createdAt, ScanRequest request) {
        Map<String, Topic> topics = target.topics(request.topics());
        for (String name : request.topics()) {
            if (!topics.containsKey(name)) {
                throw new JobRefusedException("the cluster has no topic " + name);
            }
        }
        Map<String, String> ids = new TreeMap<>();
        topics.values().forEach(topic -> ids.put(topic.name(), topic.topicId()));
        List<TopicPartition> partitions = ScanPlan.partitions(topics.values());
        Map<TopicPartition, LogRange> logs = target.logRanges(partitions);
        Map<TopicPartition, Long> from = request.earlier()
                .map(earlier -> continued(earlier.report(), ids, logs))
                .orElse(Map.of());
        Scope now = new Scope(1, ids, ScanPlan.stretches(partitions, logs, from));
        Scope scope = jobs.writeDocumentOnce(jobId, Scope.NAME, now)
                ? now
                : jobs.readDocument(jobId, Scope.NAME, Scope.class).orElseThrow();
        ScanSpec spec = new ScanSpec(target.clusterId(), request.sourceCluster(), request.sourceTopics());
        if (!jobs.create(new JobFile(jobId, createdAt, spec), ScanPlan.tasks(scope.stretches()))) {
            throw new IllegalStateException("there is another job " + jobId);
        }
    }

    /** Where partitions go on; one that had a problem is read anew. */
    private static Map<TopicPartition, Long> continued(
            ScanReport earlier, Map<String, String> ids, Map<TopicPartition, LogRange> logs) {
        Map<TopicPartition, Long> from = new HashMap<>();
        for (ScanReport.Scanned partition : earlier.partitions()) {
            TopicPartition at = partition.target();
            LogRange log = logs.get(at);
            if (log == null) {
                continue;
            }
            String before = earlier.topicIds().get(at.topic());
            if (!String.valueOf(before).equals(ids.get(at.topic())) || log.highWatermark() < partition.nextOffset()) {
                throw new JobRefusedException("topic " + at.topic()
                        + " was made anew or truncated since it was scanned before; scan it from its beginning");
            }
            if (partition.scanned()) {
                from.put(at, partition.nextOffset());
            }
        }
        return from;
    }

    /**
     * Takes a job over, new or interrupted.
     *
     * @param process who opens it, for people
     * @param earlier the scan that it continues, as when it was created
     * @throws JobRefusedException if there is no such job, or the target is not the job's
     */
    public ScanJob open(String jobId, String process, Optional<Scan> earlier) {
        JobFile file = jobs.find(jobId)
                .orElseThrow(() -> new JobRefusedException(
                        "there is no job '" + jobId + "' in " + jobs.describe() + "; jobs there: " + jobs.ids()));
        requireTarget(file);
        return job(
                file,
                JobJournal.open(jobs.journal(jobId), process, limits.time().wallMillis()),
                earlier);
    }

    /**
     * A job that was taken over already.
     *
     * @throws JobRefusedException if the target is not the job's
     */
    public ScanJob open(JobFile file, JobJournal journal) {
        requireTarget(file);
        return job(file, journal, Optional.empty());
    }

    private ScanJob job(JobFile file, JobJournal journal, Optional<Scan> earlier) {
        return new ScanJob(file, jobs, journal, earlier, listener, limits);
    }

    private void requireTarget(JobFile file) {
        ScanSpec spec = file.as(ScanSpec.class);
        String cluster = target.clusterId();
        if (!spec.targetClusterId().equals(cluster)) {
            throw new JobRefusedException("job " + file.jobId() + " scans cluster " + spec.targetClusterId()
                    + ", these bootstrap servers belong to cluster " + cluster);
        }
    }
}
