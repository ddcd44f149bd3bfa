package io.segue.coordinator.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.audit.PartitionAudit.Evidence;
import io.segue.coordinator.audit.PartitionAudit.SourceRange;
import io.segue.coordinator.audit.PartitionAudit.Verdict;
import io.segue.protocol.job.Defect;
import io.segue.protocol.job.Defect.Kind;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Mapped;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.Run;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionAuditTest {
    private static final TopicPartition SOURCE = new TopicPartition("orders", 0);
    private static final TopicPartition TARGET = new TopicPartition("restored", 0);
    private static final long BASE = 10;

    /** Records 0 to 4 at 10 to 14, a fence at 15, records 5 to 7 at 16 to 18, the fence of the seal at 19. */
    private static List<TaskEvent> sound() {
        return new ArrayList<>(List.of(
                new Granted(1, "w", "id", BASE, 0),
                new Attached(1, 7, (short) 0, 9, 0),
                mapped(0, new Run(100, 10, 3), new Run(104, 13, 1)),
                new Granted(2, "w", "id", BASE, 0),
                new Attached(2, 7, (short) 1, 15, 5),
                mapped(4, new Run(105, 14, 1), new Run(106, 16, 3)),
                new Attached(2, 7, (short) 2, 19, 8),
                new Sealed(2, 8, 20, 0)));
    }

    private static Mapped mapped(long firstOrdinal, Run... runs) {
        return new Mapped(1, Fragment.of(SOURCE, firstOrdinal, List.of(runs), ReadPosition.start(1)));
    }

    private static Verdict audit(List<TaskEvent> events, long start, long end) {
        RestoreTask task = RestoreTask.of("restored-0", SOURCE, TARGET, List.of(), 8, 0);
        List<Fragment> fragments = events.stream()
                .filter(Mapped.class::isInstance)
                .map(event -> ((Mapped) event).fragment())
                .toList();
        return PartitionAudit.audit(task, BASE, events, fragments, new LogRange(start, end, end));
    }

    private static void assertUnproven(String why, Verdict verdict) {
        assertFalse(verdict.proven());
        assertTrue(String.valueOf(verdict.unprovenBecause()).contains(why), String.valueOf(verdict.unprovenBecause()));
    }

    private static List<TaskEvent> with(int index, TaskEvent event) {
        List<TaskEvent> events = sound();
        events.set(index, event);
        return events;
    }

    private static List<TaskEvent> without(int index) {
        List<TaskEvent> events = sound();
        events.remove(index);
        return events;
    }

    @Test
    void aSoundLogIsProven() {
        Evidence evidence = new Evidence(List.of(new SourceRange(SOURCE, 100, 108, 8)), 3, List.of(15L, 19L));
        assertEquals(
                new Verdict(List.of(SOURCE), TARGET, BASE, 20, 8, 2, 0, null, null, evidence, null, 0, List.of()),
                audit(sound(), 0, 20));
    }

    /** An election took its marker away before a record was written behind it. */
    @Test
    void aVoidAttachCountsForNothing() {
        List<TaskEvent> events = sound();
        events.add(2, new Attached(1, 7, (short) 3, 12, 2));
        assertUnproven("the attaches put it at", audit(events, 0, 20));

        events.add(3, new Attached(1, 7, (short) 0, 9, 0));

        assertTrue(audit(events, 0, 20).proven());
    }

    @Test
    void whatOthersWroteSinceIsCounted() {
        assertEquals(5, audit(sound(), 0, 25).later());
    }

    @Test
    void anEmptyPartitionIsProven() {
        List<TaskEvent> events = List.of(
                new Granted(1, "w", "id", BASE, 0), new Attached(1, 7, (short) 0, 9, 0), new Sealed(1, 0, BASE, 0));

        assertTrue(audit(events, BASE, BASE).proven());
        assertTrue(audit(events, BASE + 3, BASE + 3).proven(), "nothing of ours can have been deleted");
    }

    @Test
    void notSealed() {
        assertUnproven("not finished", audit(List.of(), 0, BASE));
        assertUnproven("not finished", audit(without(7), 0, 20));
    }

    @Test
    void failed() {
        assertUnproven("b1/s1: damaged", audit(with(7, new Failed(2, "b1/s1", "damaged", false)), 0, 20));

        Defect defect = new Defect(Kind.FOREIGN, 16, 18);
        assertEquals(
                defect,
                audit(with(7, new Failed(2, "b1/s1", "foreign", false, defect)), 0, 20)
                        .defect());
    }

    @Test
    void theLogIsShorterThanSealed() {
        assertUnproven("the cluster lost acknowledged data", audit(sound(), 0, 19));
        assertEquals(new Defect(Kind.LOST, 19, 20), audit(sound(), 0, 19).defect());
    }

    @Test
    void recordsWereDeleted() {
        assertUnproven("the log starts at 11, the first restored record stood at 10", audit(sound(), 11, 20));
        assertEquals(new Defect(Kind.DELETED, 10, 11), audit(sound(), 11, 20).defect());
    }

    @Test
    void aFragmentIsMissing() {
        assertUnproven("fragments cover 0 records, the next begins at 4", audit(without(2), 0, 20));
        assertUnproven("fragments cover 4 of 8 records", audit(without(5), 0, 20));
        assertEquals(new Defect(Kind.HOLE, 14, 20), audit(without(5), 0, 20).defect());
    }

    @Test
    void aFragmentIsThereTwice() {
        List<TaskEvent> events = sound();
        events.add(3, events.get(2));

        assertUnproven("fragments cover 4 records, the next begins at 0", audit(events, 0, 20));
    }

    @Test
    void fragmentsCoverMoreThanWasSealed() {
        assertUnproven("fragments cover 8 of 7 records", audit(with(7, new Sealed(2, 7, 20, 0)), 0, 20));
    }

    @Test
    void aRecordWasSeenWhereTheAttachesDoNotPutIt() {
        assertUnproven(
                "record 0 was seen at offset 11, the attaches put it at 10",
                audit(with(2, mapped(0, new Run(100, 11, 4))), 0, 20));
        assertUnproven(
                "record 5 was seen at offset 15, the attaches put it at 16",
                audit(with(5, mapped(4, new Run(105, 14, 1), new Run(106, 15, 3))), 0, 20));
    }

    /** The end of a run is looked at as well as its start. */
    @Test
    void aRunThatReachesOverAFence() {
        assertUnproven(
                "record 7 was seen at offset 17, the attaches put it at 18",
                audit(with(5, mapped(4, new Run(105, 14, 4))), 0, 20));
    }

    @Test
    void anAttachIsMissing() {
        assertUnproven("the attaches put it at", audit(without(4), 0, 20));
    }

    @Test
    void theEndIsBeforeItsRecords() {
        List<TaskEvent> events = List.of(
                new Granted(1, "w", "id", BASE, 0),
                new Attached(1, 7, (short) 0, 9, 0),
                mapped(0, new Run(100, 10, 8)),
                new Sealed(1, 8, 17, 0));

        assertUnproven("the log ends at 17, before 8 records from 10", audit(events, 0, 17));
    }
}
