package io.segue.e2e.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class JobIdTest {
    @Test
    void isInWhatTheRestorePrints() {
        List<String> printed = List.of(
                "a note", "Job r-20261122-ab: if this process dies, 'kafka-backup resume r-20261122-ab' goes on");
        assertEquals("r-20261122-ab", RestoreAct.jobId(printed));
    }

    @Test
    void withoutItTheDemoCannotGoOn() {
        assertThrows(DemoFailure.class, () -> RestoreAct.jobId(List.of("something else")));
    }
}
