package io.segue.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CoordinatorsTest {
    @Test
    void severalAreSeparatedByCommas() {
        assertEquals(
                List.of(URI.create("http://a:8700"), URI.create("https://[::1]:8700")),
                Coordinators.parse("http://a:8700/, https://[::1]:8700").urls());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:8700",
                "ftp://a:1",
                "http://",
                "http://a/v1",
                "http://a?x=1",
                "http://u:p@a",
                "http://a,",
                "http://a b"
            })
    void whatIsNoUrlOfACoordinatorIsSaid(String text) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Coordinators.parse(text));

        assertTrue(String.valueOf(refused.getMessage()).contains("http://127.0.0.1:8700"));
    }
}
