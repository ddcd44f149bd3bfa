package io.segue.cli;

import io.segue.cli.client.FleetFailure;
import io.segue.cli.groups.UnusableOptionException;
import io.segue.coordinator.groups.InvalidPlanException;
import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.protocol.config.yaml.Spelling;
import io.segue.protocol.group.InvalidSnapshotException;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.manifest.InvalidDocumentException;
import io.segue.protocol.mapping.InvalidMappingException;
import io.segue.protocol.segment.DamagedSegmentException;
import io.segue.protocol.store.StoreException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the user is told when a command line is wrong or a command throws. */
final class Failures {
    private Failures() {}

    static int wrongCommandLine(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("Error: " + e.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(e, command.getErr())) {
            misspelled(command);
        }
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for what it takes.");
        return ExitCode.USAGE.code();
    }

    /** A misspelled option that is required is first of all missing. */
    private static void misspelled(CommandLine command) {
        List<String> known = command.getCommandSpec().options().stream()
                .flatMap(option -> Stream.of(option.names()))
                .toList();
        for (String unknown : command.getUnmatchedArguments()) {
            Spelling.nearest(unknown, known)
                    .ifPresent(
                            near -> command.getErr().println("Instead of " + unknown + ", did you mean " + near + "?"));
        }
    }

    static int thrown(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof StoreException.BadLocation
                || e instanceof StoreException.BadKey
                || e instanceof UnusableOptionException) {
            command.getErr().println("Error: " + e.getMessage());
            return ExitCode.USAGE.code();
        }
        command.getErr().println("Error: " + e.getMessage());
        if (e instanceof FleetFailure failure) {
            return failure.exitCode().code();
        }
        if (isFailureOfTheEnvironment(e)) {
            reasons(e, command);
        } else {
            command.getErr().println("This is a bug. Please report it with what follows:");
            e.printStackTrace(command.getErr());
        }
        return ExitCode.FAILED.code();
    }

    private static void reasons(Exception e, CommandLine command) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            if (!String.valueOf(e.getMessage()).contains(reason)) {
                command.getErr().println("  because: " + reason);
            }
        }
    }

    private static boolean isFailureOfTheEnvironment(Exception e) {
        return e instanceof StoreException
                || e instanceof KafkaFailure
                || e instanceof JobRefusedException
                || e instanceof JobJournal.SupersededException
                || e instanceof InvalidDocumentException
                || e instanceof InvalidMappingException
                || e instanceof InvalidPlanException
                || e instanceof InvalidSnapshotException
                || e instanceof DamagedSegmentException;
    }
}
