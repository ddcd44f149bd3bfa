package io.segue.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.segue.cli.client.EventStream.Event;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventStreamTest {
    private static List<Event> events(String text) throws Exception {
        List<Event> events = new ArrayList<>();
        BufferedReader lines = new BufferedReader(new StringReader(text));
        for (Event event = EventStream.parse(lines); event != null; event = EventStream.parse(lines)) {
            events.add(event);
        }
        return events;
    }

    @Test
    void eventsAreReadAsTheStandardSays() throws Exception {
        assertEquals(
                List.of(
                        new Event("log", "7-1", "  one\ntwo"),
                        new Event(Event.ALIVE, "", ""),
                        new Event("view", "", "{}")),
                events(
                        "retry: 1000\n\nevent: log\nid: 7-1\ndata:   one\ndata: two\n\n: alive\n\nevent:view\ndata:{}\n\n"));
    }

    /** What is not ended by an empty line was cut off. */
    @Test
    void anEventThatIsCutOffIsNone() throws Exception {
        assertEquals(List.of(), events("event: end\nid: 7-1\ndata: {\"sta"));
    }

    @Test
    void theEndOfTheConnectionIsAnEvent() throws Exception {
        byte[] text = "event: log\ndata: a\n\n".getBytes(StandardCharsets.UTF_8);
        try (EventStream events = new EventStream(new ByteArrayInputStream(text))) {
            assertEquals("a", assertNotNullEvent(events).data());
            assertEquals(Event.LOST, assertNotNullEvent(events).name());
            assertNull(events.next(Duration.ofMillis(1)));
        }
    }

    private static Event assertNotNullEvent(EventStream events) throws InterruptedException {
        Event event = events.next(Duration.ofSeconds(20));
        assertNotNull(event);
        return event;
    }
}
