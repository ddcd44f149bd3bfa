package io.segue.e2e.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final long NOW = 1_800_000_000_000L;

    @Test
    void areFortyDaysOld() {
        for (TopicSpec topic : TopicSpec.all(20_000)) {
            for (ProducerRecord<byte[], byte[]> event : events(topic)) {
                long days = Duration.ofMillis(NOW - event.timestamp()).toDays();
                assertTrue(days >= 29 && days <= 40, () -> event + " is " + days + " days old");
            }
        }
    }

    @Test
    void areTheSameForTheSameNumber() {
        TopicSpec orders = TopicSpec.all(20_000).get(0);
        ProducerRecord<byte[], byte[]> one = new Events(orders, Period.old(NOW)).event(7);
        ProducerRecord<byte[], byte[]> two = new Events(orders, Period.old(NOW)).event(7);
        assertArrayEquals(one.value(), two.value());
        assertArrayEquals(one.key(), two.key());
        assertEquals(one.timestamp(), two.timestamp());
    }

    @Test
    void haveTombstonesKeylessRecordsAndHeaders() {
        List<TopicSpec> topics = TopicSpec.all(20_000);
        assertTrue(events(topics.get(0)).stream().anyMatch(event -> event.value() == null));
        assertTrue(events(topics.get(1)).stream().anyMatch(event -> event.key() == null));
        assertTrue(
                events(topics.get(0)).stream().anyMatch(event -> event.headers().toArray().length == 3));
    }

    private static List<ProducerRecord<byte[], byte[]>> events(TopicSpec topic) {
        Events events = new Events(topic, Period.old(NOW));
        return IntStream.range(0, topic.records()).mapToObj(events::event).toList();
    }
}
