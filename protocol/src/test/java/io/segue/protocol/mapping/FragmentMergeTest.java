package io.segue.protocol.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.Merged.Complete;
import io.segue.protocol.mapping.Merged.Conflict;
import io.segue.protocol.mapping.Merged.Incomplete;
import io.segue.protocol.mapping.Merged.Ordinals;
import io.segue.protocol.mapping.Merged.Placed;
import io.segue.protocol.mapping.Merged.Surplus;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FragmentMergeTest {
    private static final TopicPartition SOURCE = new TopicPartition("orders", 0);
    private static final TopicPartition OTHER = new TopicPartition("returns", 0);
    private static final TopicPartition TARGET = new TopicPartition("all", 0);

    private static Fragment fragment(TopicPartition source, long ordinal, Run... runs) {
        return Fragment.of(source, ordinal, List.of(runs), ReadPosition.start(1));
    }

    private final PartitionMapping.Collector collector = new PartitionMapping.Collector();

    private Merged merge(long count, Fragment... fragments) {
        return FragmentMerge.merge(FragmentMerge.stored(List.of(fragments)), OptionalLong.of(count), collector);
    }

    private List<PartitionMapping> complete(long count, Fragment... fragments) {
        assertEquals(new Complete(count), merge(count, fragments));
        return collector.into(TARGET);
    }

    @Test
    void neighboursBecomeOneRunWhateverTheirOrder() {
        Fragment first = fragment(SOURCE, 0, new Run(500, 0, 300));
        Fragment second = fragment(SOURCE, 300, new Run(800, 300, 200));

        assertEquals(
                List.of(new PartitionMapping(SOURCE, TARGET, List.of(new Run(500, 0, 500)))),
                complete(500, second, first, second));
    }

    @Test
    void twoAttemptsThatAgreeAreOne() {
        assertEquals(
                List.of(new PartitionMapping(
                        SOURCE, TARGET, List.of(new Run(0, 0, 4), new Run(6, 4, 3), new Run(9, 8, 3)))),
                complete(
                        10,
                        fragment(SOURCE, 0, new Run(0, 0, 4), new Run(6, 4, 3)),
                        fragment(SOURCE, 2, new Run(2, 2, 2), new Run(6, 4, 3), new Run(9, 8, 3))));
    }

    @Test
    void twoAttemptsThatDisagreeAreAConflictAtTheFirstSuchRecord() {
        Merged merged = merge(
                10, fragment(SOURCE, 0, new Run(0, 0, 10)), fragment(SOURCE, 5, new Run(5, 5, 2), new Run(7, 8, 3)));

        assertEquals(new Conflict(new Placed(7, SOURCE, 7, 7), new Placed(7, SOURCE, 7, 8)), merged);
    }

    @Test
    void aTargetUsedTwiceIsAConflict() {
        Merged merged = merge(4, fragment(SOURCE, 0, new Run(0, 0, 2)), fragment(SOURCE, 2, new Run(2, 1, 2)));

        assertEquals(new Conflict(new Placed(1, SOURCE, 1, 1), new Placed(2, SOURCE, 2, 1)), merged);
    }

    @Test
    void aSourceOffsetThatComesTwiceIsAConflict() {
        Merged merged = merge(4, fragment(SOURCE, 0, new Run(0, 0, 2)), fragment(SOURCE, 2, new Run(1, 2, 2)));

        assertEquals(new Conflict(new Placed(1, SOURCE, 1, 1), new Placed(2, SOURCE, 1, 2)), merged);
    }

    @Test
    void missingRecordsAreNamedByOrdinal() {
        Merged merged = merge(20, fragment(SOURCE, 3, new Run(3, 3, 2)), fragment(SOURCE, 10, new Run(10, 10, 5)));

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
        List<PartitionMapping> expected = List.of(
                new PartitionMapping(SOURCE, TARGET, List.of(new Run(0, 100, 3), new Run(3, 106, 3))),
                new PartitionMapping(OTHER, TARGET, List.of(new Run(0, 103, 3))));
        Fragment together = new Fragment(
                0,
                9,
                List.of(
                        new Fragment.Part(OTHER, List.of(new Run(0, 103, 3))),
                        new Fragment.Part(SOURCE, List.of(new Run(0, 100, 3), new Run(3, 106, 3)))),
                ReadPosition.start(2));

        assertEquals(
                expected,
                complete(
                        9,
                        fragment(SOURCE, 0, new Run(0, 100, 3)),
                        fragment(OTHER, 3, new Run(0, 103, 3)),
                        fragment(SOURCE, 6, new Run(3, 106, 3)),
                        together));
    }

    @Test
    void aTaskWithoutRecordsIsComplete() {
        assertEquals(List.of(), complete(0));
    }
}
