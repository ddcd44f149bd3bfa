package io.segue.cli;

import io.segue.cli.archive.DescribeCommand;
import io.segue.cli.archive.ListCommand;
import io.segue.cli.archive.ValidateCommand;
import io.segue.cli.archive.ValidationReports;
import io.segue.cli.backup.BackupCommand;
import io.segue.cli.backup.BackupReports;
import io.segue.cli.client.Coordinators;
import io.segue.cli.client.Fleets;
import io.segue.cli.client.Reports;
import io.segue.cli.config.ConfigCheckCommand;
import io.segue.cli.config.ConfigCommand;
import io.segue.cli.fleet.FleetCommand;
import io.segue.cli.fleet.FollowJobCommand;
import io.segue.cli.fleet.JobsCommand;
import io.segue.cli.fleet.ListJobsCommand;
import io.segue.cli.fleet.RetryJobCommand;
import io.segue.cli.fleet.SendToJobCommand;
import io.segue.cli.fleet.ShowJobCommand;
import io.segue.cli.groups.DoctorCommand;
import io.segue.cli.groups.MapOffsetCommand;
import io.segue.cli.groups.OffsetResetCommand;
import io.segue.cli.groups.OffsetRollbackCommand;
import io.segue.cli.groups.ResetBulkCommand;
import io.segue.cli.groups.ShowOffsetMappingCommand;
import io.segue.cli.groups.SnapshotGroupsCommand;
import io.segue.cli.restore.RestoreCommand;
import io.segue.cli.restore.RestoreReports;
import io.segue.cli.restore.ResumeCommand;
import io.segue.cli.restore.RetryCommand;
import io.segue.cli.restore.ThawCommand;
import io.segue.cli.restore.VerificationReports;
import io.segue.cli.restore.VerifyRestoreCommand;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.process.TemporaryDirectory;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The {@code kafka-backup} command. */
public final class KafkaBackupMain {
    private KafkaBackupMain() {}

    public static void main(String[] args) {
        System.exit(TemporaryDirectory.during(() -> run(ofThisProcess(), args)));
    }

    /** Runs one command line and says what to exit with. */
    public static int run(Shell shell, String... args) {
        GlobalOptions options = new GlobalOptions();
        CommandLine commands = commands(shell, options);
        Console console = new Console(shell, options);
        commands.setExecutionStrategy(parsed -> execute(options, console, parsed));
        return commands.execute(args);
    }

    /** The whole command with all its subcommands. */
    static CommandLine commands(Shell shell, GlobalOptions options) {
        Console console = new Console(shell, options);
        Fleets fleets = new Fleets(
                console,
                new Reports(
                        Map.of(
                                JobKind.RESTORE, RestoreReports::text,
                                JobKind.BACKUP, BackupReports::text,
                                JobKind.VALIDATION, ValidationReports::text,
                                JobKind.VERIFICATION, VerificationReports::text),
                        Map.of(JobKind.VALIDATION, ValidationReports::json)));
        return new CommandLine(options)
                .addSubcommand("backup", new BackupCommand(console, fleets))
                .addSubcommand("restore", new RestoreCommand(console, fleets, false))
                .addSubcommand("three-phase-restore", new RestoreCommand(console, fleets, true))
                .addSubcommand("resume", new ResumeCommand(console, fleets))
                .addSubcommand("retry", new RetryCommand(console, fleets))
                .addSubcommand("verify", new VerifyRestoreCommand(console, fleets))
                .addSubcommand("thaw", new ThawCommand(console, fleets))
                .addSubcommand("jobs", jobs(console, fleets))
                .addSubcommand("fleet", new FleetCommand(console, fleets))
                .addSubcommand("list", new ListCommand(console))
                .addSubcommand("describe", new DescribeCommand(console))
                .addSubcommand("validate", new ValidateCommand(console, fleets))
                .addSubcommand("show-offset-mapping", new ShowOffsetMappingCommand(console, fleets))
                .addSubcommand("offset-reset", OffsetResetCommand.with(console))
                .addSubcommand("offset-reset-bulk", new ResetBulkCommand(console))
                .addSubcommand("map-offset", new MapOffsetCommand(console))
                .addSubcommand("snapshot-groups", new SnapshotGroupsCommand(console))
                .addSubcommand("doctor", new DoctorCommand(console))
                .addSubcommand("offset-rollback", OffsetRollbackCommand.with(console))
                .addSubcommand(
                        "config",
                        new CommandLine(new ConfigCommand()).addSubcommand("check", new ConfigCheckCommand(console)))
                .setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setParameterExceptionHandler(Failures::wrongCommandLine)
                .setExecutionExceptionHandler(Failures::thrown);
    }

    private static int execute(GlobalOptions options, Console console, ParseResult parsed) {
        Optional<Integer> help = Optional.ofNullable(CommandLine.executeHelpRequest(parsed));
        if (help.isPresent()) {
            return help.get();
        }
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        CommandLine chosen = last.commandSpec().commandLine();
        if (!(last.commandSpec().userObject() instanceof Subcommand)) {
            chosen.usage(chosen.getErr());
            return ExitCode.USAGE.code();
        }
        if (options.outputFile().isPresent() && !(last.commandSpec().userObject() instanceof WritesFile)) {
            throw new ParameterException(
                    chosen,
                    "Invalid value for option '--output': expected text or json, not '"
                            + options.outputFile().get() + "'");
        }
        checkCoordinators(chosen, console);
        LogLevels.apply(options.verbosity());
        return new CommandLine.RunLast().execute(parsed);
    }

    private static void checkCoordinators(CommandLine chosen, Console console) {
        try {
            console.coordinators();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    chosen, "Invalid value for '--coordinator' or " + Coordinators.VARIABLE + ": " + e.getMessage());
        }
    }

    private static CommandLine jobs(Console console, Fleets fleets) {
        CommandLine jobs = new CommandLine(new JobsCommand())
                .addSubcommand("list", new ListJobsCommand(console, fleets))
                .addSubcommand("show", new ShowJobCommand(console, fleets))
                .addSubcommand("follow", new FollowJobCommand(fleets))
                .addSubcommand("retry", new RetryJobCommand(console, fleets));
        for (String verb : List.of("pause", "resume", "cancel")) {
            jobs.addSubcommand(verb, new SendToJobCommand(console, fleets, verb));
        }
        return jobs;
    }

    private static Shell ofThisProcess() {
        return new Shell(
                System.getenv(),
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Optional.ofNullable(Integer.getInteger("segue.terminal.columns"))
                        .filter(columns -> columns > 0),
                Path.of(System.getProperty("java.io.tmpdir")),
                System::nanoTime,
                ClusterOpener.real());
    }
}
