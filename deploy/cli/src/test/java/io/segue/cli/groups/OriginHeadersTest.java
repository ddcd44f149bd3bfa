package io.segue.cli.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OriginHeadersTest {
    private static RecordHeader text(String key, String value) {
        return new RecordHeader(key, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static RecordHeader number(String key, long value, int bytes) {
        ByteBuffer little = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        little = bytes == 8 ? little.putLong(value) : little.putInt((int) value);
        return new RecordHeader(key, little.flip());
    }

    @Test
    void bothFamiliesAreReadAndTheLastOfANameCounts() {
        assertEquals(
                Optional.of(new OriginHeaders(7, Optional.of(3), Optional.of("c"))),
                OriginHeaders.of(
                        List.of(
                                text("x-kafka-backup-offset", "5"),
                                text("x-kafka-backup-offset", "7"),
                                text("x-kafka-backup-partition", "3"),
                                text("x-kafka-backup-cluster", "c")),
                        "c"));
        assertEquals(
                Optional.of(new OriginHeaders(1L << 40, Optional.of(2), Optional.empty())),
                OriginHeaders.of(
                        List.of(number("x-original-offset", 1L << 40, 8), number("x-source-partition", 2, 4)), null));
        assertEquals(
                Optional.of(new OriginHeaders(12345678, Optional.empty(), Optional.empty())),
                OriginHeaders.of(List.of(text("x-original-offset", "12345678")), null));
    }

    @Test
    void anotherClustersHeadersDoNotCount() {
        List<RecordHeader> headers = List.of(
                number("x-original-offset", 4, 8),
                text("x-source-cluster", "a"),
                text("x-kafka-backup-offset", "9"),
                text("x-kafka-backup-cluster", "b"));

        assertEquals(4, OriginHeaders.of(headers, "a").orElseThrow().offset());
        assertEquals(9, OriginHeaders.of(headers, null).orElseThrow().offset());
        assertEquals(Optional.empty(), OriginHeaders.of(headers, "c"));
        assertEquals(Optional.empty(), OriginHeaders.of(List.of(text("x-kafka-backup-offset", "-1")), null));
        assertEquals(Optional.empty(), OriginHeaders.of(List.of(new RecordHeader("x-original-offset", null)), null));
    }

    @Test
    void aRecordThatIsThereTwiceEndsTheMapping() {
        DirectHeaderScans.Stretch stretch = new DirectHeaderScans.Stretch(new TopicPartition("orders", 1), "orders");
        for (long offset : new long[] {5, 6, 9, 6, 10}) {
            stretch.found(new OriginHeaders(offset, Optional.empty(), Optional.of("c")), offset + 100);
        }

        var scanned = stretch.end();
        assertEquals(List.of(new Run(5, 105, 2), new Run(9, 109, 1)), List.copyOf((java.util.Collection<Run>)
                scanned.mappings().get(0).runs()));
        assertTrue(String.valueOf(scanned.problem()).contains("stands source offset 6 of orders/1, after 9"));
        assertEquals(List.of("c"), scanned.clusters());
    }
}
