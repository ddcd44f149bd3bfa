package io.segue.protocol.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class UnitsTest {
    @Test
    void numbersForPeople() {
        assertEquals("1,234,567", Units.count(1_234_567));
        assertEquals("1 topic", Units.count(1, "topic"));
        assertEquals("0 topics", Units.count(0, "topic"));
        assertEquals("999 B", Units.bytes(999));
        assertEquals("1.0 kB", Units.bytes(1000));
        assertEquals("1.0 MB", Units.bytes(999_960));
        assertEquals("9223.4 PB", Units.bytes(Long.MAX_VALUE));
        assertEquals("0:00", Units.duration(Duration.ofSeconds(-3)));
        assertEquals("59:59", Units.duration(Duration.ofSeconds(3599)));
        assertEquals("1:00:00", Units.duration(Duration.ofHours(1)));
        assertEquals("1970-01-01 00:00:01Z", Units.time(1999));
    }

    @Test
    void periodsInTheirLargestWholeUnit() {
        assertEquals("7 days", Units.period(604_800_000));
        assertEquals("1 day", Units.period(86_400_000));
        assertEquals("36 hours", Units.period(129_600_000));
        assertEquals("90 seconds", Units.period(90_000));
        assertEquals("800 ms", Units.period(800));
        assertEquals("0 ms", Units.period(0));
    }
}
