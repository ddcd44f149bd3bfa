package io.segue.coordinator.lead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoreSilenceTest {
    private static final long TICK = Duration.ofMillis(250).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final StoreSilence silence = new StoreSilence(new Random(1));

    @Test
    void aStoreThatStaysSilentIsAskedLessAndLessAndNamedEveryTenSeconds() {
        int asked = 0;
        int said = 0;
        for (long now = Long.MAX_VALUE - MINUTE / 2, end = now + MINUTE; now - end < 0; now += TICK) {
            if (silence.over(now)) {
                asked++;
                said += silence.failed(now) ? 1 : 0;
            }
        }
        assertTrue(asked >= 12 && asked <= 30, "asked " + asked + " times in a minute");
        assertTrue(said >= 4 && said <= 6, "said " + said + " times in a minute");
        assertEquals(asked, silence.failures());
    }

    @Test
    void anAnswerEndsTheWaitButNotTheQuiet() {
        assertTrue(silence.over(0));
        assertTrue(silence.failed(0));
        assertFalse(silence.over(0));
        silence.answered();
        assertTrue(silence.over(0));
        assertFalse(silence.failed(1));
    }
}
