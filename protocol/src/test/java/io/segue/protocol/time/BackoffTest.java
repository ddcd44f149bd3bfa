package io.segue.protocol.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), 16);

    /** Takes nothing off. */
    private static RandomGenerator none() {
        return () -> 0L;
    }

    @Test
    void waitsDoubleUpToTheMost() {
        assertEquals(Duration.ofMillis(100), backoff.after(1, none()));
        assertEquals(Duration.ofMillis(200), backoff.after(2, none()));
        assertEquals(Duration.ofMillis(6_400), backoff.after(7, none()));
        assertEquals(Duration.ofSeconds(10), backoff.after(8, none()));
        assertEquals(Duration.ofSeconds(10), backoff.after(1_000, none()));
    }

    @Test
    void upToHalfIsTakenOffAtRandom() {
        Random random = new Random(1);
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 10_000; i++) {
            long wait = backoff.after(20, random).toMillis();
            least = Math.min(least, wait);
            most = Math.max(most, wait);
        }
        assertTrue(least >= 5_000 && least < 5_100, "least " + least);
        assertTrue(most > 9_900 && most <= 10_000, "most " + most);
    }

    @Test
    void itEnds() {
        assertTrue(backoff.goesOn(15));
        assertFalse(backoff.goesOn(16));
    }

    @Test
    void longWaitsDoNotOverflow() {
        Backoff days = new Backoff(Duration.ofDays(1), Duration.ofDays(365), 100);

        assertEquals(Duration.ofDays(365), days.after(64, none()));
    }
}
