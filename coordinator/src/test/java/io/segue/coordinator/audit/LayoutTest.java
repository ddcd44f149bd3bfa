package io.segue.coordinator.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.protocol.config.DeliveryMode;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Aborted;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ten records from offset 40 on, in runs that a delivery leaves; and what the audit says where they stand elsewhere. */
class LayoutTest {
    private static final TopicPartition SOURCE = new TopicPartition("orders", 0);
    private static final long BASE = 40;

    private static Verdict audit(DeliveryMode delivery, long end, Map<Integer, Long> attaches, long... runs) {
        List<TaskEvent> events = new ArrayList<>(List.of(new Granted(1, "w", "id", BASE, 0)));
        attaches.forEach((ordinal, next) -> events.add(new Attached(1, 7, (short) 0, next - 1, ordinal)));
        events.add(new Sealed(1, 10, end, 0));
        List<Run> all = new ArrayList<>();
        long source = 100;
        for (int i = 0; i < runs.length; i += 2) {
            all.add(new Run(source, runs[i], runs[i + 1]));
            source += runs[i + 1];
        }
        List<Fragment> fragments = List.of(Fragment.of(SOURCE, 0, all, ReadPosition.start(1)));
        RestoreTask task = RestoreTask.of("t", SOURCE, SOURCE, List.of(), 0, 0);
        return PartitionAudit.audit(task, BASE, events, fragments, new LogRange(0, end, end), delivery);
    }

    @Test
    void transactionsLeaveOneMarkerEach() {
        Verdict verdict = audit(DeliveryMode.TRANSACTIONAL, 52, Map.of(0, 40L), 40, 6, 47, 4);

        assertTrue(verdict.proven(), verdict::toString);
        assertEquals(2, verdict.fences());
    }

    @Test
    void behindAnAttachRecordsStandWhereItSays() {
        assertTrue(audit(DeliveryMode.TRANSACTIONAL, 60, Map.of(0, 40L, 6, 55L), 40, 6, 55, 4)
                .proven());
        assertFalse(audit(DeliveryMode.TRANSACTIONAL, 60, Map.of(0, 40L, 6, 54L), 40, 6, 55, 4)
                .proven());
    }

    @Test
    void aHoleThatNoAttachExplainsIsNoMarker() {
        assertEquals(
                "record 6 was seen at offset 48, the transactions before it and the attaches put it at 47",
                audit(DeliveryMode.TRANSACTIONAL, 53, Map.of(0, 40L), 40, 6, 48, 4)
                        .unprovenBecause());
    }

    @Test
    void atLeastOnceIsProvenWhereNothingIsThereAgain() {
        Verdict verdict = audit(DeliveryMode.AT_LEAST_ONCE, 50, Map.of(0, 40L), 40, 10);

        assertTrue(verdict.proven(), verdict::toString);
    }

    @Test
    void whatIsThereAgainIsCounted() {
        Verdict verdict = audit(DeliveryMode.AT_LEAST_ONCE, 55, Map.of(0, 40L), 40, 6, 49, 4);

        assertFalse(verdict.proven());
        assertTrue(verdict.complete());
        assertEquals(10, verdict.records());
        assertEquals(5, verdict.repeated());
        assertEquals(
                "5 of the offsets 40 to 54 hold records again: delivery: at-least-once", verdict.unprovenBecause());
    }

    @Test
    void recordsThatFallBackAreNotInOrder() {
        Verdict verdict = audit(DeliveryMode.AT_LEAST_ONCE, 60, Map.of(0, 40L), 48, 6, 40, 4);

        assertFalse(verdict.complete());
    }

    @Test
    void abortedStretchesAndUnfencedWritersAreRemarked() {
        List<String> remarks = Remarks.of(List.of(
                new Attached(1, 7, (short) 0, 39, 0), new Aborted(2, 50, 60), new Attached(2, 8, (short) 0, 60, 6)));

        assertEquals(2, remarks.size());
        assertTrue(remarks.get(0).contains("offsets 50 to 59"), remarks::toString);
        assertTrue(remarks.get(1).contains("attempt 2 could not fence the writer before it"), remarks::toString);
    }
}
