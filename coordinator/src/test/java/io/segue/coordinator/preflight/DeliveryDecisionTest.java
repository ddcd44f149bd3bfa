package io.segue.coordinator.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.preflight.DeliveryDecision.Refused;
import io.segue.coordinator.preflight.DeliveryDecision.Use;
import io.segue.protocol.config.DeliveryMode;
import io.segue.protocol.job.TaskResult.Probed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryDecisionTest {
    @ParameterizedTest
    @CsvSource({
        "AUTO, true, true, false, FENCED",
        "AUTO, true, false, true, FENCED",
        "AUTO, false, true, false, TRANSACTIONAL",
        "FENCED, true, false, true, FENCED",
        "TRANSACTIONAL, true, true, false, TRANSACTIONAL",
        "TRANSACTIONAL, false, true, false, TRANSACTIONAL",
        "AT_LEAST_ONCE, false, false, false, AT_LEAST_ONCE",
    })
    void used(DeliveryMode asked, boolean fences, boolean transacts, boolean keepsOffsets, DeliveryMode wanted) {
        assertEquals(new Use(wanted), DeliveryDecision.of(asked, Optional.of(probed(fences, transacts)), keepsOffsets));
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, false, false, false, at-least-once",
        "AUTO, false, true, true, delivery: transactional",
        "FENCED, false, true, false, auto or transactional",
        "TRANSACTIONAL, true, false, false, at-least-once",
    })
    void refused(DeliveryMode asked, boolean fences, boolean transacts, boolean keepsOffsets, String advice) {
        Refused refused = assertInstanceOf(
                Refused.class, DeliveryDecision.of(asked, Optional.of(probed(fences, transacts)), keepsOffsets));

        assertTrue(refused.reason().contains("seen"), refused::reason);
        assertTrue(refused.reason().contains(advice), refused::reason);
    }

    /** Then the first attempt tells. */
    @ParameterizedTest
    @CsvSource({"AUTO, FENCED", "FENCED, FENCED", "TRANSACTIONAL, TRANSACTIONAL"})
    void withoutAProbeWhatWasAskedForIsTried(DeliveryMode asked, DeliveryMode wanted) {
        assertEquals(new Use(wanted), DeliveryDecision.of(asked, Optional.empty(), false));
    }

    private static Probed probed(boolean fences, boolean transacts) {
        return new Probed(fences, transacts, List.of("this was seen"));
    }
}
