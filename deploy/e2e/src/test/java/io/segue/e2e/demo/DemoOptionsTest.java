package io.segue.e2e.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {
    @Test
    void readsThem() throws DemoOptions.Bad {
        assertEquals(
                new DemoOptions(500_000, true, Path.of("/x/kafka-backup")),
                DemoOptions.parse(List.of("--records", "500000", "--keep", "--kafka-backup", "/x/kafka-backup")));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertBad("unknown option --kepp", "--kepp");
        assertBad("--records needs a value", "--records");
        assertBad("--records takes a number, not many", "--records", "many");
        assertBad(
                "--records takes 240000 to 10000000, not 20000: a restore of fewer ends before there is anything to kill",
                "--records",
                "20000");
    }

    private static void assertBad(String message, String... args) {
        DemoOptions.Bad bad = assertThrows(DemoOptions.Bad.class, () -> DemoOptions.parse(List.of(args)));
        assertEquals(message, bad.getMessage());
    }
}
