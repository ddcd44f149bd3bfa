package io.segue.worker.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OriginHeadersTest {
    @Test
    void thePagesHeadersAreDecimal() {
        assertEquals(
                Optional.of(new Origin(500, OptionalInt.of(2), Optional.of("a"))),
                OriginHeaders.of(
                        List.of(
                                text("x-kafka-backup-offset", "500"),
                                text("x-kafka-backup-partition", "2"),
                                text("x-kafka-backup-timestamp", "7"),
                                text("x-kafka-backup-cluster", "a")),
                        null));
    }

    @Test
    void thePeersHeadersAreLittleEndianOrDecimal() {
        Origin expected = new Origin(500, OptionalInt.of(2), Optional.of("küche"));
        RecordHeader cluster = text("x-source-cluster", "küche");
        assertEquals(
                Optional.of(expected),
                OriginHeaders.of(
                        List.of(int64("x-original-offset", 500), int32("x-source-partition", 2), cluster), null));
        assertEquals(
                Optional.of(expected),
                OriginHeaders.of(
                        List.of(text("x-original-offset", "500"), text("x-source-partition", "2"), cluster), null));
    }

    @Test
    void eightDigitsAreANumberAndNotEightBytes() {
        assertEquals(12_345_678, offset(List.of(text("x-original-offset", "12345678")), null));
    }

    @Test
    void ofOneNameTheLastCounts() {
        assertEquals(7, offset(List.of(int64("x-original-offset", 3), int64("x-original-offset", 7)), null));
    }

    /** Restores append: who wrote last knows where the record was last. */
    @Test
    void ofTwoFamiliesTheLaterCounts() {
        RecordHeader page = text("x-kafka-backup-offset", "1");
        RecordHeader peer = int64("x-original-offset", 2);
        assertEquals(2, offset(List.of(page, peer), null));
        assertEquals(1, offset(List.of(peer, page), null));
    }

    @Test
    void theFamilyOfTheClusterLookedForCounts() {
        List<RecordHeader> chained = List.of(
                text("x-kafka-backup-offset", "1"),
                text("x-kafka-backup-cluster", "a"),
                int64("x-original-offset", 2),
                text("x-source-cluster", "b"));
        assertEquals(1, offset(chained, "a"));
        assertEquals(2, offset(chained, "b"));
        assertEquals(Optional.empty(), OriginHeaders.of(chained, "c"));
        assertEquals(1, offset(chained.subList(0, 3), "a"), "named goes before unnamed");
        assertEquals(
                Optional.of(new Origin(2, OptionalInt.empty(), Optional.empty())),
                OriginHeaders.of(chained.subList(0, 3), "b"));
    }

    @Test
    void whatIsNoOffsetIsNone() {
        for (String value : List.of("", "-1", "1e3", "abc", "99999999999999999999", "9223372036854775808")) {
            assertEquals(
                    Optional.empty(), OriginHeaders.of(List.of(text("x-kafka-backup-offset", value)), null), value);
        }
        assertEquals(Optional.empty(), OriginHeaders.of(List.of(int64("x-kafka-backup-offset", 5)), null));
        assertEquals(Optional.empty(), OriginHeaders.of(List.of(int64("x-original-offset", -5)), null));
        assertEquals(Optional.empty(), OriginHeaders.of(List.of(new RecordHeader("x-original-offset", null)), null));
        assertEquals(Optional.empty(), OriginHeaders.of(List.of(), null));
        assertEquals(Long.MAX_VALUE, offset(List.of(text("x-kafka-backup-offset", "9223372036854775807")), null));
    }

    private static long offset(List<RecordHeader> headers, @Nullable String wanted) {
        return OriginHeaders.of(headers, wanted).orElseThrow().offset();
    }

    static RecordHeader text(String name, String value) {
        return new RecordHeader(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static RecordHeader int64(String name, long value) {
        return new RecordHeader(
                name,
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .flip());
    }

    private static RecordHeader int32(String name, int value) {
        return new RecordHeader(
                name,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(value)
                        .flip());
    }
}
