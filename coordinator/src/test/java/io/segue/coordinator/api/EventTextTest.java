package io.segue.coordinator.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.view.JobView;
import io.segue.protocol.job.view.JobView.Log;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which events a follower is sent. */
final class EventTextTest {
    private static final String JOB = "restore-1";

    /** Names, ids and, for lines of the log, data. */
    private static List<String> events(String text) {
        return text.lines()
                .filter(line -> line.startsWith("event: ") || line.startsWith("id: ") || line.startsWith("data: "))
                .filter(line -> !line.startsWith("data: {"))
                .map(line -> line.replaceFirst("^(event|id|data): ", ""))
                .toList();
    }

    private static EventText fresh() {
        return new EventText(Optional.empty(), 0);
    }

    private static JobView running(long records, int epoch, long first, String... lines) {
        return ApiWorld.running(JOB, records, new Log(epoch, first, List.of(lines)));
    }

    @Test
    void aLateFollowerGetsTheViewAndThenWhatWasSaid() {
        assertEquals(
                List.of("view", "7-10", "log", "7-11", "ten", "log", "7-12", "eleven"),
                events(fresh().of(running(1, 7, 10, "ten", "eleven"))));
    }

    @Test
    void everyLineIsSentOnce() {
        EventText text = fresh();
        text.of(running(1, 7, 0, "a", "b"));

        assertEquals(List.of("view", "7-2", "log", "7-3", "c"), events(text.of(running(2, 7, 1, "b", "c"))));
        assertEquals(List.of("view", "7-3"), events(text.of(running(3, 7, 1, "b", "c"))));
        assertEquals("", text.of(running(3, 7, 1, "b", "c")));
    }

    @Test
    void whoComesBackGetsOnlyTheLinesThatAreNew() {
        EventText text = new EventText(Optional.of("7-2"), 0);

        assertEquals(List.of("view", "7-2", "log", "7-3", "c"), events(text.of(running(1, 7, 0, "a", "b", "c"))));
    }

    @Test
    void anotherLeaderHasALogOfItsOwn() {
        EventText text = new EventText(Optional.of("7-2"), 0);

        assertEquals(List.of("view", "8-0", "log", "8-1", "a"), events(text.of(running(1, 8, 0, "a"))));
    }

    @Test
    void linesThatAreGoneAreCounted() {
        EventText text = fresh();
        text.of(running(1, 7, 0, "a"));

        assertEquals(
                List.of("view", "7-1", "log", "7-5", "(4 lines left out)", "log", "7-6", "f"),
                events(text.of(running(2, 7, 5, "f"))));
    }

    @Test
    void anOddEventIdCountsAsNone() {
        for (String odd : List.of("", "x", "7-", "7-99999999999999999999", "-1-2")) {
            assertEquals(
                    List.of("view", "7-0", "log", "7-1", "a"),
                    events(new EventText(Optional.of(odd), 0).of(running(1, 7, 0, "a"))));
        }
    }

    @Test
    void nothingFollowsTheEnd() {
        EventText text = fresh();

        assertEquals(
                List.of("view", "7-0", "log", "7-1", "a", "end", "7-1"),
                events(text.of(ApiWorld.ended(JOB, 0, new Log(7, 0, List.of("a"))))));
        assertTrue(text.ended());
        assertEquals("", text.of(running(1, 7, 0, "a")));
    }

    @Test
    void anEndFromBeforeTheCommandIsNone() {
        EventText text = new EventText(Optional.empty(), 2);

        text.of(ApiWorld.ended(JOB, 1, Log.NONE));
        assertFalse(text.ended());
        text.of(ApiWorld.ended(JOB, 2, Log.NONE));
        assertTrue(text.ended());
    }

    @Test
    void aLineBreakCannotForgeAnEvent() {
        String text = fresh().of(running(1, 7, 0, "a\n\nevent: end\rdata: {}"));

        assertEquals(List.of("view", "7-0", "log", "7-1", "a", "", "event: end", "data: {}"), events(text));
        assertEquals(2, text.lines().filter(line -> line.startsWith("event: ")).count(), text);
    }
}
