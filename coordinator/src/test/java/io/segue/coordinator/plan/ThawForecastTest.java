package io.segue.coordinator.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.plan.RestorePlan.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A16: the plan says what the brokers will delete. Times are milliseconds; it is day 100. */
class ThawForecastTest {
    private static final long DAY = 86_400_000;

    private final PlanWorld world = new PlanWorld().topic("orders", 1);

    ThawForecastTest() {
        world.now = 100 * DAY;
    }

    private List<String> notes() {
        Outcome outcome = world.plan();
        return assertInstanceOf(Outcome.Planned.class, outcome, outcome::toString).plan().notes().stream()
                .filter(note -> note.startsWith("topic orders: "))
                .toList();
    }

    @Test
    void oldRecordsAreCountedByTopic() {
        world.segment("orders", 0, 0, 1_000, 10, 60 * DAY, 61 * DAY)
                .segment("orders", 0, 1_000, 500, 10, 99 * DAY, 100 * DAY);

        assertEquals(1, notes().size());
        String note = notes().get(0);
        assertTrue(
                note.startsWith("topic orders: about 1,000 of 1,500 records are older than retention.ms=604800000 (7"
                        + " days, the brokers' default) and will be deleted by the brokers as soon as the topic is"
                        + " thawed"),
                note);
        assertTrue(note.contains("use --keep-frozen"), note);
    }

    @Test
    void aSegmentThatCrossesTheAgeCountsInPart() {
        world.configs("orders", Map.of("retention.ms", Long.toString(5 * DAY)))
                .segment("orders", 0, 0, 1_000, 10, 90 * DAY, 100 * DAY);

        assertTrue(
                notes().get(0).contains("about 500 of 1,000 records are older than retention.ms=432000000 (5 days)"));
    }

    @Test
    void onlyTheWindowCounts() {
        world.segment("orders", 0, 0, 1_000, 10, 80 * DAY, 100 * DAY);
        world.windowStart = 96 * DAY;
        assertEquals(List.of(), notes());

        world.windowStart = 90 * DAY;
        assertTrue(notes().get(0).contains("about 150 of 500 records"), notes().toString());
    }

    @Test
    void youngOrCompactedOrKeptForEverNothingIsSaid() {
        world.segment("orders", 0, 0, 1_000, 10, 94 * DAY, 100 * DAY);
        assertEquals(List.of(), notes());

        world.segment("orders", 0, 1_000, 1_000, 10, DAY, DAY).configs("orders", Map.of("retention.ms", "-1"));
        assertEquals(List.of(), notes());
        world.configs("orders", Map.of("cleanup.policy", "compact"));
        assertEquals(List.of(), notes());
    }

    @Test
    void whoKeepsTopicsFrozenIsToldUntilWhen() {
        world.segment("orders", 0, 0, 10, 10, DAY, DAY);
        world.keepFrozen = true;

        assertTrue(notes().get(0).endsWith("--keep-frozen holds that off until 'kafka-backup thaw'"));
    }

    @Test
    void aPartitionThatIsLargerThanItsRetentionIsNamed() {
        world.segment("orders", 0, 0, 10, 2_000, 100 * DAY, 100 * DAY)
                .configs("orders", Map.of("retention.bytes", "1000"));

        assertTrue(
                notes().get(0)
                        .startsWith("topic orders: 1 partition will take about 2.0 kB, more than retention.bytes=1000"),
                notes().toString());
    }
}
