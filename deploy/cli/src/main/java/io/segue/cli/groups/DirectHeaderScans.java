package io.segue.cli.groups;

import io.segue.coordinator.groups.HeaderScans;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.kafka.vertx.HeaderReader;
import io.segue.protocol.mapping.PartitionMapping;
import io.segue.protocol.mapping.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Scans in this process, one partition after another. */
public final class DirectHeaderScans implements HeaderScans {
    private static final int CLUSTERS = 5;

    private final HeaderReader reader;

    public DirectHeaderScans(KafkaConnection connection) {
        this.reader = new HeaderReader(connection);
    }

    @Override
    public Scanned scan(TopicPartition target, LogRange log, String sourceTopic, @Nullable String sourceCluster) {
        Stretch stretch = new Stretch(target, sourceTopic);
        reader.read(
                target,
                log.start(),
                log.lastStable(),
                (offset, headers) -> OriginHeaders.of(headers, sourceCluster)
                        .ifPresentOrElse(origin -> stretch.found(origin, offset), () -> stretch.unmarked++));
        return stretch.end();
    }

    /**
     * Turns records into runs. Source offsets of one source partition must rise; at the first that does not the mapping ends:
     * a record that is there twice, or two histories in one partition, have no exact answer.
     */
    static final class Stretch {
        private final TopicPartition target;
        private final String sourceTopic;
        private final Map<Integer, List<Run>> runs = new TreeMap<>();
        private final TreeSet<String> clusters = new TreeSet<>();
        private long records;
        private long unmarked;
        private @Nullable String problem;

        Stretch(TopicPartition target, String sourceTopic) {
            this.target = target;
            this.sourceTopic = sourceTopic;
        }

        void found(OriginHeaders origin, long offset) {
            records++;
            if (clusters.size() < CLUSTERS) {
                origin.cluster().ifPresent(clusters::add);
            }
            int partition = origin.partition().orElse(target.partition());
            List<Run> known = runs.computeIfAbsent(partition, key -> new ArrayList<>());
            Optional<Run> last = known.isEmpty() ? Optional.empty() : Optional.of(known.get(known.size() - 1));
            if (problem == null
                    && last.filter(run -> run.sourceEnd() > origin.offset()).isPresent()) {
                problem = "at target offset " + offset + " stands source offset " + origin.offset() + " of "
                        + sourceTopic
                        + "/" + partition + ", after " + (last.orElseThrow().sourceEnd() - 1)
                        + ": a record is there twice, or two histories are in one partition";
            }
            if (problem == null) {
                add(known, new Run(origin.offset(), offset, 1));
            }
        }

        private static void add(List<Run> known, Run run) {
            int last = known.size() - 1;
            if (last >= 0 && known.get(last).continuedBy(run)) {
                Run before = known.get(last);
                known.set(last, new Run(before.source(), before.target(), before.length() + 1));
            } else {
                known.add(run);
            }
        }

        Scanned end() {
            List<PartitionMapping> mappings = new ArrayList<>();
            runs.forEach((partition, found) ->
                    mappings.add(new PartitionMapping(new TopicPartition(sourceTopic, partition), target, found)));
            return new Scanned(target, mappings, records, unmarked, new ArrayList<>(clusters), problem);
        }
    }
}
