package io.segue.e2e.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.chaos.Plan.Kind;
import io.segue.e2e.chaos.Plan.Step;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final List<Kind> KINDS = List.of(new Kind("kill", 3, 1_000), new Kind("freeze", 2, 20_000));

    @Test
    void theSameSeedGivesTheSamePlan() {
        assertEquals(steps(7), steps(7));
        assertNotEquals(steps(7), steps(8));
    }

    @Test
    void everyVictimOfEveryKindHasItsTurnWithinTheKindsLimits() {
        List<Step> steps = steps(1);
        assertEquals(
                5,
                steps.stream()
                        .map(step -> step.kind().name() + step.victim())
                        .collect(Collectors.toSet())
                        .size());
        for (Step step : steps) {
            assertTrue(step.holdMillis() <= step.kind().longestMillis(), step::toString);
            assertTrue(step.victim() < step.kind().victims(), step::toString);
        }
    }

    private static List<Step> steps(long seed) {
        Plan plan = new Plan(seed, KINDS);
        return Stream.generate(plan::next).limit(200).toList();
    }
}
