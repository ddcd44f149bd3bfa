package io.segue.e2e.fleet;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How far the logs of the target are, asked from outside while a job runs. */
final class TargetEnds implements AutoCloseable {
    private static final long LOOK_NANOS = 20_000_000;

    private final Admin admin = Admin.create(Map.of("bootstrap.servers", SharedFleet.bootstrap()));
    private final Collection<TopicPartition> partitions;

    TargetEnds(Collection<TopicPartition> partitions) {
        this.partitions = partitions;
    }

    /** Log ends; of partitions that are not there yet, or whose broker does not answer now, none. */
    Map<TopicPartition, Long> now() {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        try {
            var topics = admin.listTopics().names().get(10, TimeUnit.SECONDS);
            partitions.stream()
                    .filter(partition -> topics.contains(partition.topic()))
                    .forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(wanted)
                    .all()
                    .get(10, TimeUnit.SECONDS)
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        } catch (ExecutionException | TimeoutException e) {
            return Map.of();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until so many offsets are there in all, or the job is over; true if they are there. */
    boolean await(long offsets, BooleanSupplier over) {
        long deadline = System.nanoTime() + Duration.ofMinutes(4).toNanos();
        while (now().values().stream().mapToLong(Long::longValue).sum() < offsets) {
            if (over.getAsBoolean()) {
                return false;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("fewer than " + offsets + " offsets on the target after 4 minutes: " + now());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    @Override
    public void close() {
        admin.close();
    }
}
