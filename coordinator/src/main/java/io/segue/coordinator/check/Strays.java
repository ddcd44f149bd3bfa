package io.segue.coordinator.check;

import io.segue.coordinator.check.Coverage.Stretch;
import io.segue.coordinator.check.SideFiles.Completeness;
import io.segue.coordinator.check.ValidationReport.Finding;
import io.segue.coordinator.check.ValidationReport.Kind;
import io.segue.protocol.kafka.TopicNames;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Partition;
import io.segue.protocol.manifest.Manifest.Segment;
import io.segue.protocol.manifest.Manifest.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks for what a manifest may have lost: offsets between its segments, and stored segments that it does not name. Where
 * the account of the backup proves the manifest complete, holes are those of the source, and stray segments were left over
 * by an attempt that was interrupted. Pure.
 */
final class Strays {
    /** Holes of each partition, and stray segments of each kind: a hostile or compacted backup may have any number. */
    static final int MOST_LISTED = 20;

    /** Names that hold their first offset; the peer's older ones count segments and tell nothing. */
    private static final Pattern SEGMENT = Pattern.compile(
            "topics/([^/]+)/partition=([0-9]{1,9})/segment-([0-9]{19,20})(-[0-9]+)?\\.bin(\\.zst|\\.lz4)?");

    private final String backupId;
    private final Manifest manifest;
    private final Completeness completeness;
    private final Map<TopicPartition, Coverage> coverages = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private Strays(String backupId, Manifest manifest, Completeness completeness) {
        this.backupId = backupId;
        this.manifest = manifest;
        this.completeness = completeness;
    }

    /** @param keys of the objects below the backup's prefix */
    static List<Finding> find(String backupId, Manifest manifest, Completeness completeness, Collection<String> keys) {
        Strays strays = new Strays(backupId, manifest, completeness);
        strays.holes();
        strays.unnamed(keys);
        return strays.findings;
    }

    private void holes() {
        for (Topic topic : manifest.topics()) {
            for (Partition partition : topic.partitions()) {
                TopicPartition at = topic.at(partition);
                Coverage coverage = new Coverage(partition);
                coverages.put(at, coverage);
                if (completeness != Completeness.COMPLETE) {
                    holes(at, coverage.holes());
                }
            }
        }
    }

    private void holes(TopicPartition at, List<Stretch> holes) {
        String key = Manifest.key(backupId);
        for (Stretch hole : holes.subList(0, Math.min(MOST_LISTED, holes.size()))) {
            findings.add(
                    new Finding(
                            Kind.HOLE,
                            at,
                            key,
                            "offsets " + hole.start() + " to " + (hole.end() - 1)
                                    + " are in no segment and no recorded gap: compacted, aborted, transaction markers, or lost"));
        }
        if (holes.size() > MOST_LISTED) {
            findings.add(new Finding(
                    Kind.HOLE, at, key, "has " + holes.size() + " holes; the first " + MOST_LISTED + " are listed"));
        }
    }

    private void unnamed(Collection<String> keys) {
        String prefix = backupId + "/topics/";
        Set<String> named = manifest.topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .flatMap(partition -> partition.segments().stream())
                .map(Segment::key)
                .collect(Collectors.toSet());
        Map<Kind, Integer> found = new EnumMap<>(Kind.class);
        for (String key : keys) {
            if (key.startsWith(prefix) && !named.contains(key)) {
                Finding finding = unnamed(key);
                if (found.merge(finding.kind(), 1, Integer::sum) <= MOST_LISTED) {
                    findings.add(finding);
                }
            }
        }
        found.forEach((kind, count) -> {
            if (count > MOST_LISTED) {
                findings.add(Finding.ofBackup(
                        kind,
                        Manifest.key(backupId),
                        "does not name " + count + " objects like these; " + MOST_LISTED + " of them are listed"));
            }
        });
    }

    private Finding unnamed(String key) {
        Matcher name = SEGMENT.matcher(key.substring(backupId.length() + 1));
        if (!name.matches() || !TopicNames.legal(name.group(1))) {
            return Finding.ofBackup(Kind.REMARK, key, "is named by no entry of the manifest");
        }
        TopicPartition at = new TopicPartition(name.group(1), Integer.parseInt(name.group(2)));
        String offset = name.group(3).replaceFirst("^0+(?=.)", "");
        return lost(at, offset)
                ? new Finding(
                        Kind.DAMAGE,
                        at,
                        key,
                        "begins at offset " + offset + ", and no entry of the manifest names it: a restore would leave"
                                + " out its records")
                : new Finding(
                        Kind.REMARK,
                        at,
                        key,
                        "is named by no entry of the manifest"
                                + (completeness == Completeness.COMPLETE
                                        ? ", which is complete: an interrupted attempt left it over"
                                        : ""));
    }

    private boolean lost(TopicPartition at, String offset) {
        if (completeness == Completeness.COMPLETE || offset.length() > 18) {
            return false;
        }
        long first = Long.parseLong(offset);
        Coverage coverage = coverages.get(at);
        if (completeness == Completeness.INCOMPLETE) {
            return coverage == null || !coverage.covers(first);
        }
        return coverage != null && coverage.inHole(first);
    }
}
