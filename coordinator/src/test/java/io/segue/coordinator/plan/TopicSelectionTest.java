package io.segue.coordinator.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicSelectionTest {
    private static List<String> selected(List<String> include, List<String> exclude) {
        TopicSelection selection = new TopicSelection(include, exclude);
        return Stream.of("orders", "orders-eu", "orders.eu", "payments", "my-orders")
                .filter(selection::selects)
                .toList();
    }

    @Test
    void nothingIncludedIsAll() {
        assertEquals(5, selected(List.of(), List.of()).size());
    }

    @Test
    void aNameIsItself() {
        assertEquals(List.of("orders"), selected(List.of("orders"), List.of()));
        assertEquals(List.of("orders.eu"), selected(List.of("orders.eu"), List.of()));
    }

    @Test
    void globsAreOverTheWholeName() {
        assertEquals(List.of("orders", "orders-eu", "orders.eu"), selected(List.of("orders*"), List.of()));
        assertEquals(List.of("orders-eu", "orders.eu"), selected(List.of("orders?eu"), List.of()));
    }

    @Test
    void regularExpressionsAreFoundAnywhere() {
        assertEquals(List.of("orders", "orders-eu", "orders.eu", "my-orders"), selected(List.of("~order"), List.of()));
        assertEquals(List.of("orders", "my-orders"), selected(List.of("~orders$"), List.of()));
    }

    @Test
    void excludedWins() {
        assertEquals(List.of("orders"), selected(List.of("orders*"), List.of("*eu")));
    }

    @Test
    void aPatternThatIsNoneIsNamed() {
        IllegalArgumentException bad =
                assertThrows(IllegalArgumentException.class, () -> new TopicSelection(List.of("~("), List.of()));
        assertTrue(String.valueOf(bad.getMessage()).contains("'~('"));
    }
}
