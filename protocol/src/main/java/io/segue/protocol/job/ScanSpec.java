package io.segue.protocol.job;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a scan of headers looks for.
 *
 * @param targetClusterId id of the cluster that it reads
 * @param sourceCluster only records whose cluster header says this; null: every record with an offset header
 * @param sourceTopics by target topic, where the names differ: headers do not name the topic
 */
public record ScanSpec(String targetClusterId, @Nullable String sourceCluster, Map<String, String> sourceTopics)
        implements JobSpec {
    public ScanSpec {
        sourceTopics = Map.copyOf(sourceTopics);
    }

    @Override
    public JobKind kind() {
        return JobKind.SCAN;
    }

    /** The source topic whose records a target topic holds. */
    public String sourceTopic(String targetTopic) {
        return sourceTopics.getOrDefault(targetTopic, targetTopic);
    }
}
