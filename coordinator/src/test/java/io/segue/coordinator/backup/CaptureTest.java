package io.segue.coordinator.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.backup.PartitionRange;
import io.segue.protocol.job.BackupTask;
import io.segue.protocol.kafka.KafkaCluster.LogRange;
import io.segue.protocol.kafka.KafkaCluster.OpenTransaction;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.SourceRecord.SourceCommit;
import io.segue.protocol.manifest.SourceRecord.SourceGroup;
import io.segue.protocol.manifest.SourceRecord.SourcePartition;
import io.segue.protocol.manifest.SourceRecord.SourceTopic;
import io.segue.protocol.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CaptureTest {
    private static final long NOW = 1_700_000_000_000L;

    private final FakeSource source =
            new FakeSource().topic("orders", 10, 500, 0).topic("payments", 70);

    @Test
    void groupsAreReadBeforeTheEndsOfTheLogs() {
        source.commit("billing", "orders", 0, 4);
        take();
        assertEquals(List.of("groups", "log ranges"), source.asked());
    }

    @Test
    void theSourceRecordHoldsWhatThePeersDocumentsDoNot() {
        source.commit("billing", "orders", 0, 4)
                .commit("billing", "elsewhere", 0, 9)
                .commit("elsewhere only", "elsewhere", 0, 9);
        Capture capture = take();
        assertEquals("source-cluster", capture.source().clusterId());
        assertEquals(NOW, capture.source().takenAt());
        assertEquals(
                new SourceTopic(
                        "orders",
                        "id-orders",
                        Map.of("retention.ms", "1"),
                        List.of(
                                new SourcePartition(0, 0, 10),
                                new SourcePartition(1, 0, 500),
                                new SourcePartition(2, 0, 0))),
                capture.source().topics().get(0));
        assertEquals(
                List.of(new SourceGroup("billing", "Stable", List.of(new SourceCommit("orders", 0, 4, "note")))),
                capture.source().groups());
        assertEquals(
                List.of("billing"),
                capture.snapshot().groups().stream()
                        .map(group -> group.groupId())
                        .toList());
    }

    @Test
    void withoutGroupsNoneIsAskedFor() {
        source.commit("billing", "orders", 0, 4);
        Capture capture = capture(false);
        assertEquals(List.of(), capture.source().groups());
        assertEquals(List.of("log ranges"), source.asked());
    }

    @Test
    void thePlanReadsToTheLastStableOffsetLargestFirst() {
        source.range("orders", 0, new LogRange(3, 10, 7)).range("payments", 0, new LogRange(90, 90, 80));
        assertEquals(
                List.of(task("orders-1", 1, 0, 500), task("orders-0", 0, 3, 7)),
                take().tasks(),
                "nothing is to be read of empty partitions");
    }

    @Test
    void aLargePartitionIsReadInStretches() {
        long end = 2 * Capture.STRETCH + 30;
        source.range("orders", 0, new LogRange(30, end, end));
        assertEquals(
                List.of(
                        task("orders-0", 0, 30, Capture.STRETCH + 30),
                        task("orders-0@10000030", 0, Capture.STRETCH + 30, end)),
                take().tasks().subList(0, 2));
    }

    @Test
    void aTransactionPastItsTimeOutIsNamed() {
        source.range("orders", 1, new LogRange(0, 500, 120))
                .transaction(new OpenTransaction(
                        new TopicPartition("orders", 1), 120, 4001, Optional.of("pay-7"), NOW - 61_000, 60_000));
        Capture capture = take();
        assertEquals(List.of("groups", "log ranges", "open transactions of [orders/1]"), source.asked());
        String warning = capture.warnings().get(0);
        for (String part : List.of(
                "orders/1",
                "producer 4001",
                "transactional id pay-7",
                "since 2023-11-14T22:12:19Z",
                "offsets 120 to 499",
                "kafka-transactions.sh abort --topic orders --partition 1 --start-offset 120")) {
            assertTrue(warning.contains(part), warning);
        }
    }

    /** Nothing is wrong, but whoever looks for the newest records is told where the backup ends. */
    @Test
    void aTransactionUnderWayIsSaidOnce() {
        source.range("orders", 1, new LogRange(0, 500, 120))
                .transaction(new OpenTransaction(
                        new TopicPartition("orders", 1), 120, 4001, Optional.empty(), NOW - 59_000, 60_000))
                .transaction(new OpenTransaction(
                        new TopicPartition("orders", 1), 120, 4002, Optional.empty(), NOW - 14 * 60_000, -1));
        assertEquals(
                List.of(
                        "transactions are under way in 1 partition, and the backup ends before them: orders/1 at 120 (its"
                                + " log ends at 500)"),
                take().warnings());
    }

    @Test
    void notBeingAllowedToAskForTransactionsIsNoFailure() {
        source.range("orders", 1, new LogRange(0, 500, 120)).refusingTransactions();
        assertTrue(take().warnings().get(0).contains("an ACL is missing"));
    }

    @Test
    void aGroupThatReadsUncommittedDataIsNamed() {
        source.range("orders", 1, new LogRange(0, 500, 120)).commit("eager", "orders", 1, 300);
        assertTrue(take().warnings().get(0).startsWith("group eager has committed offset 300 on orders/1, beyond"));
    }

    private Capture take() {
        return capture(true);
    }

    private Capture capture(boolean groups) {
        return new SourceCapture(source, new StandingTime())
                .take(
                        source.topics().values().stream()
                                .sorted(java.util.Comparator.comparing(topic -> topic.name()))
                                .toList(),
                        groups);
    }

    private static BackupTask task(String id, int partition, long start, long end) {
        return new BackupTask(id, new PartitionRange(new TopicPartition("orders", partition), start, end));
    }

    /** A clock that stands still. */
    static final class StandingTime implements Time {
        @Override
        public long wallMillis() {
            return NOW;
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public void pause(Duration duration) {
            throw new AssertionError("waits");
        }
    }
}
