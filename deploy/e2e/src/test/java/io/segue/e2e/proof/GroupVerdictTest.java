package io.segue.e2e.proof;

import static io.segue.e2e.proof.Records.fingerprint;
import static io.segue.e2e.proof.Records.seen;
import static io.segue.e2e.proof.Records.seenFrom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.proof.GroupVerdict.Side;
import io.segue.e2e.proof.LogReader.Contents;
import io.segue.e2e.proof.NextRecord.AtEnd;
import io.segue.e2e.proof.NextRecord.Found;
import io.segue.e2e.proof.NextRecord.Lost;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GroupVerdictTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final Contents SOURCE = contents(seenFrom(100, 2, "a", "b", "b", "c"));
    private static final Contents TARGET = contents(seen("a", "b", "b", "c"));

    @Test
    void isExactForTheSameRecord() {
        assertTrue(verdict(new Found(102, fingerprint("b")), new Found(1, fingerprint("b")))
                .exact());
        assertTrue(verdict(new AtEnd(), new AtEnd()).exact());
    }

    @Test
    void reportsAnEarlierOrLaterRecord() {
        assertDeviates(new Found(102, fingerprint("b")), new Found(0, fingerprint("a")));
        assertDeviates(new Found(102, fingerprint("b")), new Found(3, fingerprint("c")));
    }

    @Test
    void tellsTwoEqualRecordsApart() {
        assertDeviates(new Found(102, fingerprint("b")), new Found(2, fingerprint("b")));
    }

    @Test
    void reportsAnEndThatIsNone() {
        assertDeviates(new AtEnd(), new Found(3, fingerprint("c")));
        assertDeviates(new Found(106, fingerprint("c")), new AtEnd());
    }

    @Test
    void reportsAMissingPosition() {
        assertDeviates(new Found(100, fingerprint("a")), new Lost("no committed offset"));
        assertDeviates(new Lost("no committed offset"), new Lost("no committed offset"));
    }

    @Test
    void reportsAPartitionThatIsNotRead() {
        GroupVerdict verdict =
                GroupVerdict.of("g", new Side(Map.of(PARTITION, new AtEnd()), SOURCE), new Side(Map.of(), TARGET));
        assertEquals(1, verdict.deviations().size());
        assertEquals(1, verdict.partitions());
    }

    @Test
    void saysWhatItFound() {
        GroupVerdict verdict = verdict(new AtEnd(), new Lost("no committed offset"));
        assertEquals(
                List.of("g, orders-0: on the source it would read nothing, being at the end, on the target it reads"
                        + " nothing it knows: no committed offset"),
                verdict.deviations());
    }

    private static void assertDeviates(NextRecord source, NextRecord target) {
        assertEquals(1, verdict(source, target).deviations().size());
    }

    private static GroupVerdict verdict(NextRecord source, NextRecord target) {
        return GroupVerdict.of(
                "g", new Side(Map.of(PARTITION, source), SOURCE), new Side(Map.of(PARTITION, target), TARGET));
    }

    private static Contents contents(List<Seen> records) {
        return new Contents(Map.of(PARTITION, records), Map.of());
    }
}
