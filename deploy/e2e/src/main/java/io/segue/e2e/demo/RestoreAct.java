package io.segue.e2e.demo;

import io.segue.e2e.fleet.Fleet;
import io.segue.e2e.fleet.KafkaBackup;
import io.segue.e2e.fleet.KafkaBackup.Running;
import io.segue.e2e.proof.RunFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;

/** The restore during which a worker and the coordinator are killed. */
final class RestoreAct {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final String WORKER = "worker-2";
    private static final int WORKER_AT_PERCENT = 15;
    private static final String COORDINATOR = "coordinator-1";
    private static final int COORDINATOR_AT_PERCENT = 35;

    private final KafkaBackup kafkaBackup;
    private final Fleet fleet;
    private final TargetWatch watch;
    private final long total;
    private final Throughput throughput = new Throughput();
    private final List<Death> deaths = new ArrayList<>();

    /** @param total records that the restore has to write */
    RestoreAct(KafkaBackup kafkaBackup, Fleet fleet, TargetWatch watch, long total) {
        this.kafkaBackup = kafkaBackup;
        this.fleet = fleet;
        this.watch = watch;
        this.total = total;
    }

    /**
     * A process that was killed.
     *
     * @param there records on the target, by partition, counted after its death
     */
    record Death(String name, Map<TopicPartition, Long> there) {
        long records() {
            return there.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** What came of it. */
    record Restored(List<Death> deaths, Throughput throughput) {}

    /** Starts the restore, kills a worker and then the coordinator, starts a new coordinator, and waits for the end. */
    Restored run(Path config, Story story) throws InterruptedException {
        Running restore = kafkaBackup.start("three-phase-restore", "--config", config.toString());
        killAt(WORKER_AT_PERCENT, WORKER, restore, story);
        killAt(COORDINATOR_AT_PERCENT, COORDINATOR, restore, story);
        story.say("the workers go on as long as their leases last; a new coordinator is started");
        fleet.start(COORDINATOR);
        while (restore.alive()) {
            look();
            LockSupport.parkNanos(LOOK_NANOS);
        }
        restore.awaitSuccess();
        return new Restored(List.copyOf(deaths), throughput);
    }

    private void killAt(int percent, String name, Running restore, Story story) throws InterruptedException {
        while (restore.alive() && look() * 100 < total * percent) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        boolean alive = restore.alive();
        fleet.kill(name);
        Death death = new Death(name, watch.counts());
        if (!alive || death.records() >= total) {
            throw new RunFailure(
                    "the restore ended before " + name + " could be killed; if it did not fail, take more --records");
        }
        deaths.add(death);
        story.step("KILLED with SIGKILL: " + name);
        story.say(Story.count(death.records()) + " of " + Story.count(total) + " records were on the target, "
                + death.records() * 100 / total + " %");
    }

    private long look() throws InterruptedException {
        long there = watch.counts().values().stream().mapToLong(Long::longValue).sum();
        throughput.seen(System.nanoTime(), there);
        return there;
    }
}
