package io.segue.cli.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.config.ConfigFile;
import io.segue.cli.engine.EmbeddedFleet;
import io.segue.cli.engine.Spool;
import io.segue.cli.engine.StopOnSignal;
import io.segue.cli.progress.ProgressReporter;
import io.segue.coordinator.restore.JobReport;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.store.Stores;
import io.segue.worker.append.CrashPoint;
import java.nio.file.Path;
import java.util.Optional;

/** What restore, resume and thaw share: the configuration, the process's fleet, the stop on a signal, the report. */
final class RestoreSession {
    private static final ObjectMapper JSON = JobJson.mapper();

    private final Console console;
    private final ProgressReporter progress;
    private final String word;

    RestoreSession(Console console) {
        this(console, "restoring");
    }

    /** @param word what is being done, beside the bar */
    RestoreSession(Console console, String word) {
        this.console = console;
        this.word = word;
        this.progress = console.progress();
    }

    /** What a command does once everything stands. */
    interface Work {
        ExitCode run(JobConfig config, EmbeddedFleet fleet, RestoreRun run) throws InterruptedException;
    }

    ExitCode with(Path file, Work work) {
        Optional<JobConfig> loaded = ConfigFile.load(file, console);
        return loaded.isEmpty() ? ExitCode.USAGE : with(file, loaded.get(), work);
    }

    /** @param config what the file says */
    ExitCode with(Path file, JobConfig config, Work work) {
        if (!isForRestore(file, config, console)) {
            return ExitCode.USAGE;
        }
        StopOnSignal stop = StopOnSignal.install(ExitCode.INTERRUPTED.code());
        ExitCode code = ExitCode.FAILED;
        try (Spool spool = Spool.below(console.temporary());
                EmbeddedFleet fleet = EmbeddedFleet.of(
                        config,
                        new Stores(console.environment()),
                        spool,
                        CrashPoint.parse(console.environment().getOrDefault(CrashPoint.VARIABLE, "")))) {
            code = work.run(config, fleet, new RestoreRun(config, fleet, new ShownRestore(progress, word), stop));
            return code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            code = ExitCode.INTERRUPTED;
            return code;
        } finally {
            progress.close();
            stop.ended(code.code());
        }
    }

    /** False, with a message shown, if the file is for something else. */
    static boolean isForRestore(Path file, JobConfig config, Console console) {
        boolean restore = config.target().isPresent() && config.mode() == JobConfig.Mode.RESTORE;
        if (!restore) {
            console.note("Error: " + file + " has mode: backup; a restore wants mode: restore and a target section");
        }
        return restore;
    }

    /** The bar ends where the report begins. */
    void end() {
        progress.close();
    }

    ExitCode report(RestoreRun.Outcome outcome) {
        end();
        if (outcome instanceof RestoreRun.Outcome.Refused refused) {
            console.note("The restore is refused; nothing was changed:");
            refused.reasons().forEach(reason -> console.note("  - " + reason));
            return ExitCode.USAGE;
        }
        if (outcome instanceof RestoreRun.Outcome.Planned planned) {
            JsonNode tree = JSON.valueToTree(planned.plan());
            console.resultOf(tree, () -> PlanText.of(planned.plan()));
            return ExitCode.DONE;
        }
        JobReport report = ((RestoreRun.Outcome.Ran) outcome).report();
        JsonNode tree = JSON.valueToTree(report);
        console.resultOf(tree, () -> ReportText.of(report));
        return ReportText.exitCode(report.state());
    }
}
