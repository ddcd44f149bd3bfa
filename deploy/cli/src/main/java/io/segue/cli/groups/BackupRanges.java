package io.segue.cli.groups;

import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.ManifestJson;
import io.segue.protocol.mapping.MappedRange;
import io.segue.protocol.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The source side of a mapping: what a backup holds. */
final class BackupRanges {
    private BackupRanges() {}

    /** Partitions without records are absent. */
    static List<MappedRange> of(ObjectStore store, String backupId) {
        List<MappedRange> ranges = new ArrayList<>();
        for (Manifest.Topic topic : ManifestJson.load(store, backupId).topics()) {
            for (Manifest.Partition partition : topic.partitions()) {
                if (!partition.segments().isEmpty()) {
                    ranges.add(range(topic, partition));
                }
            }
        }
        return ranges;
    }

    private static MappedRange range(Manifest.Topic topic, Manifest.Partition partition) {
        List<Manifest.Segment> segments = partition.segments();
        return new MappedRange(
                topic.at(partition),
                segments.stream().mapToLong(Manifest.Segment::startOffset).min().orElseThrow(),
                segments.stream().mapToLong(Manifest.Segment::endOffset).max().orElseThrow() + 1,
                segments.stream().mapToLong(Manifest.Segment::recordCount).sum(),
                Optional.empty());
    }
}
