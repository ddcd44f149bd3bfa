package io.segue.coordinator.scan;

import io.segue.coordinator.mapping.StoredMappings;
import io.segue.coordinator.scan.ScanReport.Scanned;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.ScanSpec;
import io.segue.protocol.job.ScanTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskFragments;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.OffsetMapping;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.mapping.RunSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of a scan come to together: a mapping and a standing for each target partition. Records of several source
 * clusters in one topic, which only their cluster header tells apart, have no mapping in common: a cluster must be named.
 */
final class ScanMerge {
    private final StoredMappings store;
    private final JobStore jobs;
    private final String jobId;
    private final Optional<Scan> earlier;
    private final Map<TopicPartition, Scanned> standings = new TreeMap<>();
    private final Map<TopicPartition, List<? extends OffsetMapping>> mappings = new TreeMap<>();
    private final Map<String, Set<String>> clusters = new HashMap<>();

    /** @param jobId of the scan */
    ScanMerge(JobStore jobs, String jobId, Optional<Scan> earlier) {
        this.store = new StoredMappings(jobs, jobId);
        this.jobs = jobs;
        this.jobId = jobId;
        this.earlier = earlier;
    }

    /** @param stretches of this partition that were read */
    void partition(TopicPartition target, long end, List<ScanTask> stretches, Map<String, List<TaskEvent>> logs) {
        String name = target.topic() + "-" + target.partition();
        mappings.put(target, store.keep(name, target, sink -> merge(target, end, stretches, logs, sink)));
    }

    private boolean merge(
            TopicPartition target,
            long end,
            List<ScanTask> stretches,
            Map<String, List<TaskEvent>> logs,
            RunSink sink) {
        ScanPartitionMerge merge = new ScanPartitionMerge(sink);
        earlier.filter(scan -> scan.report().of(target).filter(Scanned::scanned).isPresent())
                .ifPresent(scan -> before(scan, target, merge));
        stretches.stream().sorted(Comparator.comparingLong(ScanTask::from)).forEach(task -> {
            List<TaskEvent> events = logs.getOrDefault(task.id(), List.of());
            merge.stretch(task, events, new TaskFragments(jobs, jobId, task.id(), events));
        });
        merge.end();
        Set<String> named = clusters.computeIfAbsent(target.topic(), topic -> new TreeSet<>());
        named.addAll(merge.clusters());
        earlier.map(scan -> scan.mapping().sourceClusterId()).ifPresent(named::add);
        Scanned standing = merge.standing(target, end);
        standings.put(target, standing);
        return standing.scanned();
    }

    private static void before(Scan scan, TopicPartition target, ScanPartitionMerge merge) {
        for (OffsetMapping mapping : scan.mapping().mappings()) {
            if (mapping.target().equals(target)) {
                for (Run run : mapping.runs()) {
                    merge.earlier(mapping.source(), run);
                }
            }
        }
    }

    /** The standing of every partition, now that all were merged. */
    List<Scanned> partitions(ScanSpec spec) {
        List<Scanned> partitions = new ArrayList<>();
        for (Scanned standing : standings.values()) {
            Set<String> named = clusters.getOrDefault(standing.target().topic(), Set.of());
            partitions.add(
                    spec.sourceCluster() == null && named.size() > 1 && standing.scanned()
                            ? mixed(standing, named)
                            : standing);
        }
        return partitions;
    }

    private static Scanned mixed(Scanned standing, Set<String> named) {
        String names = named.stream()
                .map(name -> name.isEmpty() ? "none" : "'" + name + "'")
                .collect(Collectors.joining(", "));
        return new Scanned(
                standing.target(),
                standing.records(),
                standing.unmarked(),
                standing.unnamed(),
                standing.nextOffset(),
                "the records of topic " + standing.target().topic() + " name several source clusters (" + names
                        + "): say which one is meant, with source_cluster or --source-cluster");
    }

    /** Those of partitions without a problem. */
    List<OffsetMapping> mappings(List<Scanned> partitions) {
        List<OffsetMapping> found = new ArrayList<>();
        partitions.stream()
                .filter(Scanned::scanned)
                .forEach(partition -> found.addAll(mappings.getOrDefault(partition.target(), List.of())));
        return found;
    }

    /** The one cluster that all records name, if they do. */
    @Nullable
    String cluster() {
        Set<String> all = clusters.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        return all.size() == 1 && !all.contains("") ? all.iterator().next() : null;
    }
}
