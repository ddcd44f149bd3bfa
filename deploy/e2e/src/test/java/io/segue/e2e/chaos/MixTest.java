package io.segue.e2e.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.e2e.source.TopicSpec;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MixTest {
    @Test
    void allFourHoldEveryCellOfTheMatrix() {
        assertEquals(4 * 2 * 2, cells(4).size());
    }

    @Test
    void theFirstTwoHoldEveryPair() {
        Set<Set<String>> pairs = new HashSet<>();
        for (Set<String> cell : cells(2)) {
            cell.forEach(one ->
                    cell.stream().filter(other -> !one.equals(other)).forEach(other -> pairs.add(Set.of(one, other))));
        }
        // kind and age, kind and compression, age and compression
        assertEquals(4 * 2 + 4 * 2 + 2 * 2, pairs.size());
    }

    private static Set<Set<String>> cells(int mixes) {
        Set<Set<String>> cells = new HashSet<>();
        for (int i = 0; i < mixes; i++) {
            Mix mix = Mix.of(i);
            for (boolean old : new boolean[] {true, false}) {
                for (TopicSpec topic : mix.topics(40_000, old)) {
                    cells.add(Set.of(topic.kind().name(), old ? "old" : "recent", mix.compression()));
                }
            }
        }
        return cells;
    }
}
