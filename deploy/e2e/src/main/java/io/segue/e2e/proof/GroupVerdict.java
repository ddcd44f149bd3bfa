package io.segue.e2e.proof;

import io.segue.e2e.proof.LogReader.Contents;
import io.segue.e2e.proof.NextRecord.AtEnd;
import io.segue.e2e.proof.NextRecord.Found;
import io.segue.e2e.proof.NextRecord.Lost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether a group goes on at the target with the very record with which it would have gone on at the source.
 *
 * @param partitions in which the group had committed
 * @param deviations one for each partition where it does not, in words
 */
public record GroupVerdict(String group, int partitions, List<String> deviations) {
    public boolean exact() {
        return deviations.isEmpty();
    }

    /** A side of the comparison: what a member of the group reads next, and all records there are. */
    public record Side(Map<TopicPartition, NextRecord> next, Contents contents) {
        public NextRecord nextOf(TopicPartition partition) {
            return next.getOrDefault(partition, new Lost("the group reads nothing there"));
        }
    }

    public static GroupVerdict of(String group, Side source, Side target) {
        List<String> deviations = new ArrayList<>();
        for (TopicPartition partition : source.next().keySet()) {
            deviation(partition, source, target)
                    .ifPresent(why -> deviations.add(group + ", " + partition + ": " + why));
        }
        return new GroupVerdict(group, source.next().size(), deviations);
    }

    private static Optional<String> deviation(TopicPartition partition, Side source, Side target) {
        String wanted = words(partition, source);
        String found = words(partition, target);
        boolean known = !(source.nextOf(partition) instanceof Lost);
        return known && wanted.equals(found)
                ? Optional.empty()
                : Optional.of("on the source it would read " + wanted + ", on the target it reads " + found);
    }

    /** The same words for the same record: its content and its place, so that of two equal records the right one counts. */
    private static String words(TopicPartition partition, Side side) {
        NextRecord next = side.nextOf(partition);
        if (next instanceof Found found) {
            return "record " + place(side.contents().of(partition), found.offset()) + " (" + found.fingerprint() + ")";
        }
        return next instanceof AtEnd ? "nothing, being at the end" : "nothing it knows: " + ((Lost) next).why();
    }

    private static String place(List<Seen> records, long offset) {
        int low = 0;
        int high = records.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (records.get(middle).offset() < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean there = low < records.size() && records.get(low).offset() == offset;
        return there ? Integer.toString(low) : "at offset " + offset + ", which the log does not have,";
    }
}
