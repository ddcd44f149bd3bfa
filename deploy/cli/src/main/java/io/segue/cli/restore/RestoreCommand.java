package io.segue.cli.restore;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;
import io.segue.cli.client.FleetFailure;
import io.segue.cli.client.FleetJobs;
import io.segue.cli.client.Fleets;
import io.segue.cli.config.ConfigFile;
import io.segue.cli.jobs.LocalJobs;
import io.segue.coordinator.restore.RestoreOptions;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.mapping.PeerMappingJson.Detail;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code restore}: data, mapping, and the reset of groups where the file says so; {@code three-phase-restore}: always. */
@Command(
        description = {
            "Restores a backup: every record exactly once, then the offset mapping, then the committed offsets of"
                    + " groups: with restore where reset_consumer_offsets or auto_consumer_groups says so, with"
                    + " three-phase-restore always.",
            "Interrupted or crashed, it goes on with 'kafka-backup resume JOB'."
        })
public final class RestoreCommand implements Subcommand {
    private final Console console;
    private final Fleets fleets;
    private final boolean resetGroups;

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration file, with mode: restore.")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "Contact the target, print the plan, change nothing.")
    private boolean dryRun;

    @Option(
            names = "--exact",
            description =
                    "With --dry-run, where partitions change: read the archive, whatever its size, to count the records"
                            + " that each group will read again. Without it that is done up to 64 MB.")
    private boolean exact;

    @Option(
            names = "--keep-frozen",
            description = "At the end, leave retention and compaction of the topics held back, until"
                    + " 'kafka-backup thaw JOB'.")
    private boolean keepFrozen;

    @Option(names = "--generate-offset-mapping", description = "Write the offset mapping to --mapping-output.")
    private boolean generateMapping;

    @Option(
            names = "--mapping-output",
            paramLabel = "FILE",
            description = "Local file for the offset mapping, JSON. Default: offset-mapping.json.")
    private Optional<Path> mappingOutput = Optional.empty();

    @Option(
            names = "--report-output",
            paramLabel = "FILE",
            description =
                    "Local file for a restore-report.json of OSO kafka-backup's form, which its offset-reset reads.")
    private Optional<Path> reportOutput = Optional.empty();

    @Option(
            names = "--mapping-detail",
            paramLabel = "runs|records",
            description =
                    "How finely both files tell where records went: a point for each run, or, as that tool writes it,"
                            + " for each record. Default: ${DEFAULT-VALUE}.")
    private Detail detail = Detail.RUNS;

    /** @param resetGroups whatever the switches of the file say */
    public RestoreCommand(Console console, Fleets fleets, boolean resetGroups) {
        this.console = console;
        this.fleets = fleets;
        this.resetGroups = resetGroups;
    }

    @Override
    public ExitCode run() {
        Optional<FleetJobs> fleet = fleets.named();
        return fleet.isPresent() ? restore(fleet.get()) : restore();
    }

    /** By the fleet; what it leaves is fetched from there. */
    private ExitCode restore(FleetJobs fleet) {
        Optional<ConfigFile.Submission> submission = ConfigFile.loadForFleet(file, console);
        if (submission.isEmpty()) {
            return ExitCode.USAGE;
        }
        Optional<JobConfig> config = submission.get().config();
        if (config.isPresent() && !RestoreSession.isForRestore(file, config.get(), console)) {
            return ExitCode.USAGE;
        }
        RestoreOptions options = options();
        boolean plan =
                dryRun || config.filter(known -> known.restore().dryRun()).isPresent();
        Optional<Path> output =
                mappingFile(config.flatMap(known -> known.restore().offsetReport()));
        return fleet.run(JobKind.RESTORE, submission.get().text(), options.asked(), view -> {
            if (plan || view.state() == JobState.FAILED) {
                return;
            }
            if (output.isPresent()) {
                fetch("Offset mapping", output.get(), to -> fleet.fetchMapping(view.jobId(), detail, to));
            }
            if (reportOutput.isPresent()) {
                fetch("Restore report", reportOutput.get(), to -> fleet.fetchReport(view.jobId(), detail, to));
            }
        });
    }

    private interface Fetch {
        void to(Path file) throws InterruptedException;
    }

    private void fetch(String what, Path file, Fetch fetch) throws InterruptedException {
        try {
            fetch.to(file);
            console.note(what + " written to " + file);
        } catch (FleetFailure e) {
            console.note(file + " was not written: " + e.getMessage());
        }
    }

    private ExitCode restore() {
        RestoreSession session = new RestoreSession(console);
        return session.with(file, (config, fleet, run) -> {
            RestoreRun.Outcome outcome = run.start(options(), jobId -> created(jobId, fleet.jobs()));
            ExitCode code = session.report(outcome);
            Optional<Path> output = mappingFile(config.restore().offsetReport());
            if (outcome instanceof RestoreRun.Outcome.Ran ran) {
                List<String> servers = config.target()
                        .map(target -> target.connection().bootstrapServers())
                        .orElse(List.of());
                RestoreFiles files = new RestoreFiles(fleet.jobs(), fleet.backup(), servers, detail);
                output.ifPresent(to -> console.note(files.mapping(ran.report().jobId(), to)));
                reportOutput.ifPresent(
                        to -> console.note(files.report(ran.report().jobId(), to)));
            }
            return code;
        });
    }

    private RestoreOptions options() {
        return new RestoreOptions(dryRun, exact, resetGroups, keepFrozen);
    }

    private Optional<Path> mappingFile(Optional<Path> configured) {
        Optional<Path> asked = mappingOutput.or(() -> configured);
        return generateMapping ? asked.or(() -> Optional.of(Path.of("offset-mapping.json"))) : asked;
    }

    private void created(String jobId, JobStore jobs) {
        console.note("Job " + jobId + ": if this process dies, 'kafka-backup resume " + jobId + "' goes on");
        Set<String> topics = new TreeSet<>();
        jobs.tasks(jobId, RestoreTask.class)
                .forEach(task -> topics.add(task.target().topic()));
        String cluster =
                jobs.find(jobId).map(found -> found.restore().targetClusterId()).orElse("");
        new LocalJobs(console.environment())
                .remember(new LocalJobs.Entry(jobId, file, cluster, topics))
                .ifPresent(console::note);
    }
}
