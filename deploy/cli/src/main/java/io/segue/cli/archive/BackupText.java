package io.segue.cli.archive;

import io.segue.cli.text.Table;
import io.segue.cli.text.Table.Column;
import io.segue.protocol.manifest.GroupSnapshot;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Gap;
import io.segue.protocol.manifest.Manifest.Partition;
import io.segue.protocol.manifest.Manifest.Segment;
import io.segue.protocol.manifest.Manifest.Topic;
import io.segue.protocol.manifest.SourceRecord;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A backup in words. */
final class BackupText {
    private BackupText() {}

    static String of(String store, Manifest manifest, Optional<SourceRecord> source, Optional<GroupSnapshot> groups) {
        BackupSummary summary = BackupSummary.of(manifest);
        List<String> lines = new ArrayList<>();
        lines.add("Backup       " + manifest.backupId() + " in " + store);
        lines.add("Created      " + Units.time(manifest.createdAt()));
        lines.add("Source       "
                + source.map(SourceRecord::clusterId)
                        .or(() -> Optional.ofNullable(manifest.sourceClusterId()))
                        .map(id -> "cluster " + id)
                        .orElse("not recorded"));
        lines.add("Compression  " + (manifest.compression().isEmpty() ? "not recorded" : manifest.compression()));
        lines.add("Holds        "
                + Units.count(summary.topics(), "topic") + ", "
                + Units.count(summary.records(), "record") + " in "
                + Units.count(summary.segments(), "segment") + ", " + Units.bytes(summary.bytes()));
        lines.add("Groups       " + groups(source, groups));
        lines.add("");
        lines.add(partitions(manifest).toString());
        gaps(manifest, lines);
        return String.join(System.lineSeparator(), lines);
    }

    private static String groups(Optional<SourceRecord> source, Optional<GroupSnapshot> snapshot) {
        return source.map(record -> Units.count(record.groups().size(), "group") + ", with metadata")
                .or(() -> snapshot.map(groups -> Units.count(groups.groups().size(), "group")))
                .orElse("none recorded");
    }

    private static Table partitions(Manifest manifest) {
        Table table = new Table(
                Column.text("TOPIC"),
                Column.number("PARTITION"),
                Column.number("SEGMENTS"),
                Column.number("RECORDS"),
                Column.number("FIRST OFFSET"),
                Column.number("LAST OFFSET"),
                Column.number("SIZE"),
                Column.text("FIRST TIME"),
                Column.text("LAST TIME"));
        for (Topic topic : manifest.topics()) {
            topic.partitions().forEach(partition -> row(table, topic, partition));
            if (topic.partitions().isEmpty()) {
                table.row(topic.name(), "-", "0", "0", "-", "-", Units.bytes(0), "-", "-");
            }
        }
        return table;
    }

    private static void row(Table table, Topic topic, Partition partition) {
        List<Segment> segments = partition.segments();
        boolean empty = segments.isEmpty();
        table.row(
                topic.name(),
                Integer.toString(partition.partitionId()),
                Units.count(segments.size()),
                Units.count(segments.stream().mapToLong(Segment::recordCount).sum()),
                empty ? "-" : Long.toString(segments.get(0).startOffset()),
                empty ? "-" : Long.toString(segments.get(segments.size() - 1).endOffset()),
                Units.bytes(segments.stream().mapToLong(Segment::compressedSize).sum()),
                segments.stream()
                        .mapToLong(Segment::startTimestamp)
                        .boxed()
                        .min(Long::compare)
                        .map(Units::time)
                        .orElse("-"),
                segments.stream()
                        .mapToLong(Segment::endTimestamp)
                        .boxed()
                        .max(Long::compare)
                        .map(Units::time)
                        .orElse("-"));
    }

    private static void gaps(Manifest manifest, List<String> lines) {
        for (Topic topic : manifest.topics()) {
            for (Partition partition : topic.partitions()) {
                for (Gap gap : partition.gaps()) {
                    lines.add("Gap: " + topic.at(partition) + " offsets " + gap.startOffset() + " to "
                            + (gap.endOffset() - 1) + " could not be read: " + gap.reason());
                }
            }
        }
    }
}
