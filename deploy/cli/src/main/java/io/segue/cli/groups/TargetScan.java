package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.engine.EmbeddedFleet;
import io.segue.cli.engine.Spool;
import io.segue.cli.engine.StopOnSignal;
import io.segue.cli.jobs.ShownJob;
import io.segue.cli.progress.ProgressReporter;
import io.segue.coordinator.restore.RunLimits;
import io.segue.coordinator.scan.HeaderScan;
import io.segue.coordinator.scan.Scan;
import io.segue.coordinator.scan.ScanReport.Scanned;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.store.Stores;
import io.segue.protocol.time.Time;
import io.segue.worker.jobs.JobAccess;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the headers of topics in this process, as a job whose state goes when it ends. */
final class TargetScan {
    private static final int AT_A_TIME = 4;

    private final Console console;
    private final KafkaConnection target;

    TargetScan(Console console, KafkaConnection target) {
        this.console = console;
        this.target = target;
    }

    /**
     * Scans, and tells on the terminal of partitions without an exact mapping.
     *
     * @param shown uses the mapping while it is there
     */
    ExitCode of(List<String> topics, Optional<String> sourceCluster, Function<Scan, ExitCode> shown) {
        StopOnSignal stop = StopOnSignal.install(ExitCode.INTERRUPTED.code());
        ExitCode code = ExitCode.FAILED;
        try (Spool spool = Spool.below(console.temporary());
                EmbeddedFleet fleet = EmbeddedFleet.unkept(
                        new JobAccess(Optional.empty(), Optional.empty(), Optional.of(target)),
                        AT_A_TIME,
                        new Stores(console.environment()),
                        spool)) {
            Optional<Scan> scan = scan(fleet, topics, sourceCluster, stop);
            code = scan.map(found -> show(found, shown)).orElse(ExitCode.INTERRUPTED);
            return code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            code = ExitCode.INTERRUPTED;
            return code;
        } finally {
            stop.ended(code.code());
        }
    }

    private Optional<Scan> scan(
            EmbeddedFleet fleet, List<String> topics, Optional<String> sourceCluster, StopOnSignal stop)
            throws InterruptedException {
        try (ProgressReporter progress = console.progress()) {
            return new HeaderScan(
                            fleet.jobs(),
                            fleet.cluster(),
                            new ShownJob(progress, "scanning"),
                            new RunLimits(fleet.workers(), Time.system(), AT_A_TIME, stop))
                    .of(topics, sourceCluster.orElse(null));
        }
    }

    private ExitCode show(Scan scan, Function<Scan, ExitCode> shown) {
        ExitCode code = shown.apply(scan);
        for (Scanned partition : scan.report().partitions()) {
            if (!partition.scanned()) {
                console.note(partition.target() + " has no exact mapping: " + partition.problem());
            }
            if (partition.unnamed() > 0) {
                console.note(partition.target() + ": " + partition.unnamed()
                        + " records name no cluster and are left out; without --source-cluster they are taken");
            }
        }
        return scan.report().complete() ? code : ExitCode.PARTLY;
    }
}
