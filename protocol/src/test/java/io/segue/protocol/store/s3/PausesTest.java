package io.segue.protocol.store.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.ManualTime;
import io.segue.protocol.time.Time;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausesTest {
    @Test
    void growByTheClockThatIsGivenAndHaveAnEnd() {
        ManualTime time = new ManualTime();
        Pauses pauses = new Pauses(time);
        long limit = 100;
        for (int failures = 1; pauses.goesOn(failures); failures++) {
            Duration before = time.passed();
            pauses.await(failures, "s3://bucket/key");
            long millis = time.passed().minus(before).toMillis();
            assertTrue(millis >= limit / 2 && millis <= limit, millis + " ms after failure " + failures);
            limit *= 2;
        }
        assertTrue(pauses.goesOn(Pauses.TRIES - 1));
        assertFalse(pauses.goesOn(Pauses.TRIES));
    }

    @Test
    void anInterruptEndsThemAndIsKept() {
        Pauses pauses = new Pauses(Time.system());
        Thread.currentThread().interrupt();
        StoreException failure =
                assertThrows(StoreException.Unavailable.class, () -> pauses.await(1, "s3://bucket/key"));
        assertTrue(Thread.interrupted(), "the interrupt is kept");
        assertEquals("interrupted while waiting to try s3://bucket/key again", failure.getMessage());
    }
}
