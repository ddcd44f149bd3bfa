package io.segue.e2e.demo;

import io.segue.e2e.demo.KafkaBackup.Running;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** The restore that is killed and resumed. */
final class RestoreAct {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int KILL_AT_PERCENT = 40;
    private static final Pattern JOB = Pattern.compile("^Job (\\S+): if this process dies");

    private final KafkaBackup kafkaBackup;
    private final TargetWatch watch;
    private final long total;

    /** @param total records that the restore has to write */
    RestoreAct(KafkaBackup kafkaBackup, TargetWatch watch, long total) {
        this.kafkaBackup = kafkaBackup;
        this.watch = watch;
        this.total = total;
    }

    /**
     * A restore that is dead.
     *
     * @param there records on the target, by partition, counted after its death
     */
    record Killed(String jobId, long pid, Map<TopicPartition, Long> there, Throughput throughput) {
        long records() {
            return sum(there.values());
        }
    }

    /** Starts a restore and ends it with SIGKILL once two fifths of the records are there. */
    Killed startAndKill(Path config) throws InterruptedException {
        Running restore = kafkaBackup.start("three-phase-restore", "--config", config.toString());
        Throughput throughput = new Throughput();
        while (restore.alive() && look(throughput) * 100 < total * KILL_AT_PERCENT) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        boolean alive = restore.alive();
        restore.kill();
        Map<TopicPartition, Long> there = watch.counts();
        if (!alive || sum(there.values()) >= total) {
            throw new DemoFailure(
                    "the restore ended before it could be killed; if it did not fail, take more --records");
        }
        return new Killed(jobId(restore.printed()), restore.pid(), there, throughput);
    }

    /** Goes on with the job to its end. */
    Throughput resume(String jobId) throws InterruptedException {
        Running resumed = kafkaBackup.start("resume", jobId);
        Throughput throughput = new Throughput();
        while (resumed.alive()) {
            look(throughput);
            LockSupport.parkNanos(LOOK_NANOS);
        }
        resumed.awaitSuccess();
        return throughput;
    }

    private long look(Throughput throughput) throws InterruptedException {
        long there = sum(watch.counts().values());
        throughput.seen(System.nanoTime(), there);
        return there;
    }

    static String jobId(List<String> printed) {
        return printed.stream()
                .map(JOB::matcher)
                .filter(Matcher::find)
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow(() -> new DemoFailure("the restore did not say which job it is"));
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
