package io.segue.e2e.proof;

import static io.segue.e2e.proof.Records.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.proof.GroupVerdict.Side;
import io.segue.e2e.proof.LogReader.Contents;
import io.segue.e2e.proof.NextRecord.AtEnd;
import io.segue.e2e.proof.NextRecord.Found;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RepartitionedTest {
    private static final Contents SOURCE = contents(seen("a", "b", "c"), seen("d", "e"));

    @Test
    void acceptsAnyMixtureThatKeepsTheOrderOfEachSource() {
        assertTrue(compare(seen("a", "d", "c"), seen("b"), seen("e")).exact());
    }

    @Test
    void findsWhatIsLostDoubledForeignOrMoved() {
        assertEquals(1, compare(seen("a", "d", "c"), seen("b")).lost());
        assertEquals(1, compare(seen("a", "d", "c", "e"), seen("b", "e")).duplicates());
        assertEquals(1, compare(seen("a", "d", "c", "e"), seen("b", "x")).foreign());
        assertEquals(1, compare(seen("c", "d", "a", "e"), seen("b")).moved());
        assertFalse(compare(seen("c", "d", "a", "e"), seen("b")).findings().isEmpty());
    }

    @Test
    void findsAGroupThatSkipsAndCountsWhatItReadsAgain() {
        Contents target = contents(seen("a", "d", "b"), seen("c", "e"));
        Side source = new Side(Map.of(partition(0), found(SOURCE, 0, 1), partition(1), new AtEnd()), SOURCE);
        Side early = new Side(Map.of(partition(0), found(target, 0, 1), partition(1), found(target, 1, 0)), target);
        Side late = new Side(Map.of(partition(0), found(target, 0, 2), partition(1), new AtEnd()), target);

        assertTrue(Repartitioned.verdict("g", source, early).exact());
        assertEquals(2, Repartitioned.readAgain(source, early));
        assertEquals(
                List.of("g: skips 1 records that it had not read"),
                Repartitioned.verdict("g", source, late).deviations());
    }

    private static Found found(Contents contents, int partition, int index) {
        Seen record = contents.of(partition(partition)).get(index);
        return new Found(record.offset(), record.fingerprint());
    }

    @SafeVarargs
    private static Comparison compare(List<Seen>... target) {
        return Repartitioned.compare("t", SOURCE, contents(target));
    }

    @SafeVarargs
    private static Contents contents(List<Seen>... partitions) {
        Map<TopicPartition, List<Seen>> records = new java.util.TreeMap<>(Clients.BY_NAME);
        for (int i = 0; i < partitions.length; i++) {
            records.put(partition(i), partitions[i]);
        }
        return new Contents(records, Map.of());
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition("t", number);
    }
}
