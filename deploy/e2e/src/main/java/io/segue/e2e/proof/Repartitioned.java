package io.segue.e2e.proof;

import io.segue.e2e.proof.GroupVerdict.Side;
import io.segue.e2e.proof.LogReader.Contents;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** A topic that has another number of partitions on the target: every record is once in one of them, each source's in order. */
public final class Repartitioned {
    private Repartitioned() {}

    private record Origin(TopicPartition partition, int index) {}

    /** @param where for the findings */
    public static Comparison compare(String where, Contents source, Contents target) {
        Map<Fingerprint, Deque<Origin>> open = origins(source);
        Set<Fingerprint> known = new HashSet<>(open.keySet());
        List<String> findings = new ArrayList<>();
        long duplicates = 0;
        long foreign = 0;
        long moved = 0;
        for (var partition : target.records().entrySet()) {
            Map<TopicPartition, Integer> last = new HashMap<>();
            for (Seen record : partition.getValue()) {
                String at = where + " " + partition.getKey() + ": the record at target offset " + record.offset();
                Deque<Origin> origins = open.getOrDefault(record.fingerprint(), new ArrayDeque<>());
                Origin origin = origins.poll();
                if (origin != null && last.merge(origin.partition(), origin.index(), Math::max) > origin.index()) {
                    moved++;
                    findings.add(at + " is out of order");
                } else if (origin == null && known.contains(record.fingerprint())) {
                    duplicates++;
                    findings.add(at + " is there more than once");
                } else if (origin == null) {
                    foreign++;
                    findings.add(at + " is not from the source");
                }
            }
        }
        long lost = open.values().stream().mapToLong(Deque::size).sum();
        if (lost > 0) {
            findings.add(where + ": " + lost + " records are lost");
        }
        return new Comparison(source.count(), lost, duplicates, foreign, moved, findings).plus(Comparison.NONE);
    }

    private static Map<Fingerprint, Deque<Origin>> origins(Contents source) {
        Map<Fingerprint, Deque<Origin>> origins = new HashMap<>();
        source.records().forEach((partition, records) -> {
            for (int i = 0; i < records.size(); i++) {
                origins.computeIfAbsent(records.get(i).fingerprint(), any -> new ArrayDeque<>())
                        .add(new Origin(partition, i));
            }
        });
        return origins;
    }

    /** What a group has not read on the source it reads on the target; more than that is no deviation. */
    public static GroupVerdict verdict(String group, Side source, Side target) {
        Map<Fingerprint, Integer> left = new HashMap<>();
        unread(source).forEach(record -> left.merge(record.fingerprint(), 1, Integer::sum));
        unread(target).forEach(record -> left.computeIfPresent(record.fingerprint(), (any, count) -> count - 1));
        long skipped = left.values().stream()
                .filter(count -> count > 0)
                .mapToLong(Integer::longValue)
                .sum();
        return new GroupVerdict(
                group,
                source.next().size(),
                skipped == 0 ? List.of() : List.of(group + ": skips " + skipped + " records that it had not read"));
    }

    /** Records that the group reads on the target although it had read them on the source. */
    public static long readAgain(Side source, Side target) {
        return (long) unread(target).size() - unread(source).size();
    }

    private static Collection<Seen> unread(Side side) {
        List<Seen> unread = new ArrayList<>();
        side.next().forEach((partition, next) -> {
            if (next instanceof NextRecord.Found found) {
                side.contents().of(partition).stream()
                        .filter(record -> record.offset() >= found.offset())
                        .forEach(unread::add);
            }
        });
        return unread;
    }
}
