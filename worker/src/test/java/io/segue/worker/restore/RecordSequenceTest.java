package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordSequenceTest {
    /** Timestamps rise and fall within a segment, as producers' clocks do. */
    private static final List<List<SegmentRecord>> DISORDERED = List.of(
            List.of(Records.at(0, 100), Records.at(1, 300), Records.at(2, 200)),
            List.of(Records.at(3, 150), Records.at(4, 301), Records.at(5, 99)));

    private static RecordSequence sequence(List<List<SegmentRecord>> segments, RestoreSpec spec, ReadPosition from) {
        return Sequences.of(segments, spec, from);
    }

    private static List<SegmentRecord> all(RecordSequence sequence) {
        List<SegmentRecord> records = new ArrayList<>();
        for (SegmentRecord record = sequence.next(); record != null; record = sequence.next()) {
            records.add(record);
        }
        return records;
    }

    private static List<Long> window(@Nullable Long from, @Nullable Long to) {
        return Records.offsets(all(sequence(DISORDERED, Specs.of(from, to, false), ReadPosition.start(1))));
    }

    @Test
    void withoutAWindowAllInTheOrderOfTheArchive() {
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L), window(null, null));
    }

    @Test
    void bothBoundsAreInclusive() {
        assertEquals(List.of(0L, 1L, 2L, 3L), window(100L, 300L));
        assertEquals(List.of(1L), window(300L, 300L));
    }

    @Test
    void eitherBoundMayStandAlone() {
        assertEquals(List.of(1L, 2L, 4L), window(200L, null));
        assertEquals(List.of(0L, 3L, 5L), window(null, 150L));
    }

    @Test
    void aWindowMayBeEmpty() {
        assertEquals(List.of(), window(101L, 149L));
        assertEquals(List.of(), window(302L, null));
    }

    @Test
    void anOffsetThatTheArchiveHoldsTwiceIsGivenOnce() {
        RecordSequence sequence = sequence(
                List.of(Records.range(0, 4), Records.range(3, 6), Records.range(5, 6), Records.range(9, 9)),
                Specs.PLAIN,
                ReadPosition.start(1));

        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 9L), Records.offsets(all(sequence)));
        assertEquals(4, sequence.repeats());
        assertEquals(8, sequence.ordinal());
    }

    @Test
    void fromAnyRecordOnItGivesTheSame() {
        List<List<SegmentRecord>> segments =
                List.of(Records.range(0, 4), List.of(), Records.range(3, 6), Records.range(10, 12));
        RestoreSpec spec = Specs.of(Records.TIME + 1, Records.TIME + 11, false);
        RecordSequence whole = sequence(segments, spec, ReadPosition.start(1));
        List<SegmentRecord> records = all(sequence(segments, spec, ReadPosition.start(1)));

        while (whole.peek() != null) {
            ReadPosition from = whole.position();
            assertEquals(whole.ordinal(), from.ordinal());
            List<SegmentRecord> rest = all(sequence(segments, spec, from));
            assertEquals(records.subList((int) from.ordinal(), records.size()), rest);
            whole.next();
        }
        assertEquals(8, records.size());
    }

    @Test
    void recordsStayAsTheyAreUnlessHeadersAreAskedFor() {
        List<SegmentRecord> records = Records.range(0, 2);

        assertEquals(records, all(sequence(List.of(records), Specs.PLAIN, ReadPosition.start(1))));
    }

    @Test
    void headersSayWhereARecordComesFrom() {
        SegmentRecord record = all(sequence(
                        List.of(Records.range(7, 7)), Specs.of(null, null, true), ReadPosition.start(1)))
                .get(0);

        assertEquals(
                List.of(
                        "x-kafka-backup-offset=7",
                        "x-kafka-backup-partition=3",
                        "x-kafka-backup-timestamp=" + (Records.TIME + 7),
                        "x-kafka-backup-cluster=source-cluster"),
                record.headers().stream().map(RecordSequenceTest::text).toList());
    }

    private static String text(RecordHeader header) {
        return header.key() + "="
                + (header.value() == null
                        ? ""
                        : StandardCharsets.UTF_8.decode(header.value().duplicate()));
    }
}
