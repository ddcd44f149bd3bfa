package io.segue.protocol.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.MergedMapping.Complete;
import io.segue.protocol.mapping.MergedMapping.Conflict;
import io.segue.protocol.mapping.MergedMapping.Incomplete;
import io.segue.protocol.mapping.MergedMapping.Ordinals;
import io.segue.protocol.mapping.MergedMapping.Placed;
import io.segue.protocol.mapping.MergedMapping.Surplus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FragmentMergeTest {
    private static final TopicPartition SOURCE = new TopicPartition("orders", 0);
    private static final TopicPartition OTHER = new TopicPartition("returns", 0);
    private static final TopicPartition TARGET = new TopicPartition("all", 0);

    private static Fragment fragment(TopicPartition source, long ordinal, Run... runs) {
        long count = List.of(runs).stream().mapToLong(Run::length).sum();
        return new Fragment(source, ordinal, count, List.of(runs), ReadPosition.START);
    }

    private static MergedMapping merge(long count, Fragment... fragments) {
        return FragmentMerge.merge(TARGET, List.of(fragments), Optional.of(count));
    }

    @Test
    void neighboursBecomeOneRunWhateverTheirOrder() {
        Fragment first = fragment(SOURCE, 0, new Run(500, 0, 300));
        Fragment second = fragment(SOURCE, 300, new Run(800, 300, 200));

        MergedMapping expected =
                new Complete(List.of(new PartitionMapping(SOURCE, TARGET, List.of(new Run(500, 0, 500)))), 500);
        assertEquals(expected, merge(500, first, second));
        assertEquals(expected, merge(500, second, first, second));
    }

    @Test
    void twoAttemptsThatAgreeAreOne() {
        MergedMapping merged = merge(
                10,
                fragment(SOURCE, 0, new Run(0, 0, 4), new Run(6, 4, 3)),
                fragment(SOURCE, 2, new Run(2, 2, 2), new Run(6, 4, 3), new Run(9, 8, 3)));

        assertEquals(
                new Complete(
                        List.of(new PartitionMapping(
                                SOURCE, TARGET, List.of(new Run(0, 0, 4), new Run(6, 4, 3), new Run(9, 8, 3)))),
                        10),
                merged);
    }

    @Test
    void twoAttemptsThatDisagreeAreAConflictAtTheFirstSuchRecord() {
        MergedMapping merged = merge(
                10, fragment(SOURCE, 0, new Run(0, 0, 10)), fragment(SOURCE, 5, new Run(5, 5, 2), new Run(7, 8, 3)));

        assertEquals(new Conflict(new Placed(7, SOURCE, 7, 7), new Placed(7, SOURCE, 7, 8)), merged);
    }

    @Test
    void aTargetUsedTwiceIsAConflict() {
        MergedMapping merged = merge(4, fragment(SOURCE, 0, new Run(0, 0, 2)), fragment(SOURCE, 2, new Run(2, 1, 2)));

        assertEquals(new Conflict(new Placed(1, SOURCE, 1, 1), new Placed(2, SOURCE, 2, 1)), merged);
    }

    @Test
    void aSourceOffsetThatComesTwiceIsAConflict() {
        MergedMapping merged = merge(4, fragment(SOURCE, 0, new Run(0, 0, 2)), fragment(SOURCE, 2, new Run(1, 2, 2)));

        assertEquals(new Conflict(new Placed(1, SOURCE, 1, 1), new Placed(2, SOURCE, 1, 2)), merged);
    }

    @Test
    void missingRecordsAreNamedByOrdinal() {
        MergedMapping merged =
                merge(20, fragment(SOURCE, 3, new Run(3, 3, 2)), fragment(SOURCE, 10, new Run(10, 10, 5)));

        assertEquals(
                List.of(new Ordinals(0, 3), new Ordinals(5, 10), new Ordinals(15, 20)),
                ((Incomplete) merged).missing());
    }

    @Test
    void moreThanTheTaskHasIsNotAccepted() {
        assertEquals(new Surplus(9, 10), merge(9, fragment(SOURCE, 0, new Run(0, 0, 10))));
    }

    @Test
    void b7SourcesThatShareATargetKeepTheirOwnMappings() {
        MergedMapping merged = merge(
                9,
                fragment(SOURCE, 0, new Run(0, 100, 3)),
                fragment(OTHER, 3, new Run(0, 103, 3)),
                fragment(SOURCE, 6, new Run(3, 106, 3)));

        assertEquals(
                List.of(
                        new PartitionMapping(SOURCE, TARGET, List.of(new Run(0, 100, 3), new Run(3, 106, 3))),
                        new PartitionMapping(OTHER, TARGET, List.of(new Run(0, 103, 3)))),
                ((Complete) merged).mappings());
    }

    @Test
    void aTaskWithoutRecordsIsComplete() {
        assertEquals(new Complete(List.of(), 0), merge(0));
    }
}
