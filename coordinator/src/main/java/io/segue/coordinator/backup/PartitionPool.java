package io.segue.coordinator.backup;

import io.segue.protocol.backup.PartitionBackups;
import io.segue.protocol.backup.PartitionOutcome;
import io.segue.protocol.backup.PartitionRange;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Backs up partitions, a fixed number at a time. One that fails stops none of the others. */
final class PartitionPool {
    private final PartitionBackups worker;
    private final BackupProgress progress;
    private final BooleanSupplier stopAsked;
    private final AtomicBoolean broken = new AtomicBoolean();

    PartitionPool(PartitionBackups worker, BackupProgress progress, BooleanSupplier stopAsked) {
        this.worker = worker;
        this.progress = progress;
        this.stopAsked = stopAsked;
    }

    /** Runs all, in this order, and waits; an exception of a worker is a bug, stops the others and is thrown. */
    Map<TopicPartition, PartitionOutcome> run(List<PartitionRange> ranges, int atOnce) {
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.max(1, Math.min(atOnce, ranges.size())),
                task -> new Thread(task, "backup-" + number.incrementAndGet()));
        try {
            List<Future<PartitionOutcome>> running = new ArrayList<>();
            for (PartitionRange range : ranges) {
                running.add(threads.submit(() -> backUp(range)));
            }
            Map<TopicPartition, PartitionOutcome> outcomes = new TreeMap<>();
            for (int i = 0; i < ranges.size(); i++) {
                outcomes.put(ranges.get(i).partition(), outcome(running.get(i)));
            }
            return outcomes;
        } finally {
            broken.set(true);
            threads.shutdown();
        }
    }

    private PartitionOutcome backUp(PartitionRange range) {
        Watch watch = new Watch(range.partition());
        PartitionOutcome outcome = watch.stopRequested() ? new PartitionOutcome.Stopped() : worker.backUp(range, watch);
        progress.ended(range.partition(), outcome);
        return outcome;
    }

    private static PartitionOutcome outcome(Future<PartitionOutcome> running) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return running.get();
                } catch (InterruptedException e) {
                    // stopping is asked for through the watch; threads that still write must not be left behind
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a partition's backup broke: " + e.getCause(), e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Watch implements PartitionBackups.Watch {
        private final TopicPartition partition;

        Watch(TopicPartition partition) {
            this.partition = partition;
        }

        @Override
        public boolean stopRequested() {
            return broken.get() || stopAsked.getAsBoolean();
        }

        @Override
        public void advanced(long records, long bytes) {
            progress.advanced(partition, records, bytes);
        }
    }
}
