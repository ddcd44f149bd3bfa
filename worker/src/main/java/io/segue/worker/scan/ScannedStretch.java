package io.segue.worker.scan;

import io.segue.protocol.job.TaskResult.Scanned;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.log.LogPass;
import io.segue.worker.restore.MappingLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of a target partition into runs by their headers. Source offsets of one source partition must rise; at
 * the first that does not, the mapping ends, for a record that is there twice, or two histories in one partition, have no
 * exact answer.
 */
final class ScannedStretch implements LogPass.Visitor {
    /** A scan that is begun again reads anew. */
    private static final ReadPosition NOWHERE = ReadPosition.start(0);

    private final TopicPartition target;
    private final String sourceTopic;
    private final @Nullable String wanted;
    private final MappingLog fragments;

    /** By source partition: one past the last source offset. */
    private final Map<Integer, Long> next = new HashMap<>();

    private final TreeSet<String> clusters = new TreeSet<>();
    private long records;
    private long unmarked;
    private long unnamed;
    private @Nullable String problem;
    private int openPartition;
    private @Nullable Run open;

    /** @param wanted name of the source cluster; null: any */
    ScannedStretch(TopicPartition target, String sourceTopic, @Nullable String wanted, MappingLog fragments) {
        this.target = target;
        this.sourceTopic = sourceTopic;
        this.wanted = wanted;
        this.fragments = fragments;
    }

    @Override
    public void record(SegmentRecord record) throws AttemptOver {
        Optional<Origin> origin = OriginHeaders.of(record.headers(), wanted);
        if (origin.isEmpty()) {
            unmarked++;
        } else if (wanted != null && origin.get().cluster().isEmpty()) {
            unnamed++;
        } else {
            records++;
            found(origin.get(), record.offset());
        }
    }

    /** Retention or compaction took them; what is gone needs no mapping. */
    @Override
    public void missing(long from, long end) {}

    private void found(Origin origin, long offset) throws AttemptOver {
        if (clusters.size() < Scanned.MAX_CLUSTERS) {
            clusters.add(origin.cluster().orElse(""));
        }
        if (problem != null) {
            return;
        }
        int partition = origin.partition().orElse(target.partition());
        long expected = next.getOrDefault(partition, 0L);
        if (origin.offset() < expected) {
            flush();
            problem = "at target offset " + offset + " stands source offset " + origin.offset() + " of " + sourceTopic
                    + "/" + partition + ", after " + (expected - 1)
                    + ": a record is there twice, or two histories are in one partition";
            return;
        }
        next.put(partition, origin.offset() + 1);
        add(partition, new Run(origin.offset(), offset, 1));
    }

    private void add(int partition, Run run) throws AttemptOver {
        Run before = open;
        if (before != null && partition == openPartition && before.continuedBy(run)) {
            open = new Run(before.source(), before.target(), before.length() + 1);
            return;
        }
        flush();
        openPartition = partition;
        open = run;
    }

    private void flush() throws AttemptOver {
        Run run = open;
        if (run != null) {
            open = null;
            fragments.add(new TopicPartition(sourceTopic, openPartition), run, () -> NOWHERE);
        }
    }

    /** Makes the rest durable, and sums up. */
    Scanned end(long nextOffset) throws AttemptOver {
        flush();
        fragments.emit();
        List<String> names = new ArrayList<>(clusters);
        return new Scanned(records, unmarked, unnamed, names, problem, nextOffset);
    }
}
