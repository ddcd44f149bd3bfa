package io.segue.cli.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.client.FleetJobs;
import io.segue.cli.client.Fleets;
import io.segue.cli.config.ConfigFile;
import io.segue.cli.engine.EmbeddedFleet;
import io.segue.cli.jobs.JobOption;
import io.segue.coordinator.restore.JobReport;
import io.segue.coordinator.restore.RestoreAudit;
import io.segue.coordinator.verification.VerificationReport;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.Stores;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verify}: what a restore proved; with {@code --deep}, whether the target still is what the archive says. */
@Command(
        description =
                "Prints the audit of a restore: what is proven of each partition, where it stands, and what is wrong"
                        + " with the others. With --deep, reads archive and target and compares them byte by byte.")
public final class VerifyRestoreCommand implements Subcommand {
    private static final ObjectMapper JSON = JobJson.mapper();

    private final Console console;
    private final Fleets fleets;

    @Mixin
    private JobOption job = new JobOption();

    @Option(
            names = "--deep",
            description =
                    "Compare every key, value, header and timestamp, and the order, with the archive; where a fleet"
                            + " is named, by its workers.")
    private boolean deep;

    public VerifyRestoreCommand(Console console, Fleets fleets) {
        this.console = console;
        this.fleets = fleets;
    }

    @Override
    public ExitCode run() {
        Optional<FleetJobs> fleet = fleets.named();
        if (fleet.isPresent()) {
            return deep
                    ? fleet.get().run(JobKind.VERIFICATION, "", Map.of("job", job.jobId()), FleetJobs.Ended.NOTHING)
                    : audit(fleet.get());
        }
        Optional<Path> file = job.file(console);
        Optional<JobConfig> config = file.flatMap(path -> ConfigFile.load(path, console));
        if (file.isEmpty() || config.isEmpty()) {
            return ExitCode.USAGE;
        }
        try (ObjectStore state = EmbeddedFleet.state(config.get(), new Stores(console.environment()))) {
            JobStore jobs = new JobStore(state);
            if (!isRestore(jobs)) {
                return ExitCode.USAGE;
            }
            if (!deep) {
                return show(RestoreAudit.read(jobs, job.jobId()));
            }
        }
        RestoreSession session = new RestoreSession(console, "comparing");
        return session.with(file.get(), config.get(), (loaded, engine, run) -> {
            Optional<VerificationReport> report = run.verify(job.jobId());
            session.end();
            if (report.isEmpty()) {
                console.note("Stopped before everything was compared");
                return ExitCode.INTERRUPTED;
            }
            console.resultOf(JSON.valueToTree(report.get()), () -> VerificationReports.text(report.get()));
            return ReportText.exitCode(report.get().state());
        });
    }

    private boolean isRestore(JobStore jobs) {
        Optional<JobFile> found =
                job.jobId().matches("[a-z0-9][a-z0-9-]{2,80}") ? jobs.find(job.jobId()) : Optional.empty();
        if (found.isEmpty()) {
            console.note("Error: there is no job '" + job.jobId() + "' in " + jobs.describe() + "; jobs there: "
                    + jobs.ids());
            return false;
        }
        if (found.get().kind() != JobKind.RESTORE) {
            console.note(
                    "Error: job " + job.jobId() + " is a " + found.get().kind().word() + ", not a restore");
            return false;
        }
        return true;
    }

    private ExitCode audit(FleetJobs fleet) {
        try {
            JobView view = fleet.find(job.jobId());
            if (view.kind() != JobKind.RESTORE) {
                console.note(
                        "Error: job " + job.jobId() + " is a " + view.kind().word() + ", not a restore");
                return ExitCode.USAGE;
            }
            JobView.Outcome outcome = view.outcome();
            JsonNode report = outcome == null ? null : outcome.report();
            return show(Optional.ofNullable(report)
                    .filter(found -> found.has("partitions"))
                    .map(found -> new RestoreAudit(
                            job.jobId(),
                            view.state(),
                            JSON.convertValue(found, JobReport.class).partitions())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    private ExitCode show(Optional<RestoreAudit> audit) {
        if (audit.isEmpty()) {
            console.note("Job " + job.jobId() + " has not come to its audit: nothing is proven yet");
            return ExitCode.INTERRUPTED;
        }
        console.resultOf(JSON.valueToTree(audit.get()), () -> AuditText.of(audit.get()));
        return ReportText.exitCode(audit.get().outcome());
    }
}
