package io.segue.e2e.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosOptionsTest {
    @Test
    void theMatrixOnceByDefault() throws Exception {
        ChaosOptions options = ChaosOptions.parse(List.of(), 99);
        assertEquals(99, options.seed());
        assertEquals(Mix.values().length, options.rounds());
    }

    @Test
    void minutesAloneMeanAsManyRoundsAsThereIsTimeFor() throws Exception {
        assertEquals(
                Integer.MAX_VALUE,
                ChaosOptions.parse(List.of("--minutes", "60"), 0).rounds());
        ChaosOptions both = ChaosOptions.parse(List.of("--rounds", "3", "--minutes", "60", "--seed", "5"), 0);
        assertEquals(3, both.rounds());
        assertEquals(60, both.minutes());
        assertEquals(5, both.seed());
    }

    @Test
    void saysWhatMakesNoSense() {
        assertEquals("unknown option --fast", bad("--fast"));
        assertEquals("--rounds needs a value", bad("--rounds"));
        assertEquals("--records takes 8000 to 10000000, not 5", bad("--records", "5"));
        assertEquals("--seed takes a number, not x", bad("--seed", "x"));
    }

    private static String bad(String... args) {
        return String.valueOf(assertThrows(ChaosOptions.Bad.class, () -> ChaosOptions.parse(List.of(args), 0))
                .getMessage());
    }
}
