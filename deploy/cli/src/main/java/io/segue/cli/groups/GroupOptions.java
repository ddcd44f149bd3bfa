package io.segue.cli.groups;

import io.segue.coordinator.groups.NamePattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which groups. */
final class GroupOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = {"-g", "--groups"},
            split = ",",
            paramLabel = "GROUP",
            description = "The groups: names, globs (order-*) or ~regex; may be repeated. Default: all that are known.")
    private List<String> groups = List.of();

    @Option(
            names = "--groups-file",
            paramLabel = "FILE",
            description = "More of them, one on a line; empty lines and those that begin with # do not count.")
    private Optional<Path> file = Optional.empty();

    /** Empty if the command line names none. */
    List<NamePattern> patterns() {
        List<String> all = new ArrayList<>(groups);
        file.ifPresent(found -> all.addAll(lines(found)));
        if (file.isPresent() && all.isEmpty()) {
            throw new ParameterException(command.commandLine(), "--groups-file " + file.get() + " names no group");
        }
        try {
            return all.stream().map(NamePattern::new).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--groups: " + e.getMessage(), e);
        }
    }

    private List<String> lines(Path from) {
        try {
            return Files.readAllLines(from, StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new ParameterException(command.commandLine(), "--groups-file " + from + " cannot be read: " + e, e);
        }
    }
}
