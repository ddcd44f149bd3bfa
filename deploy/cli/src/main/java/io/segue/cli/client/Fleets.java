package io.segue.cli.client;

import io.segue.cli.Console;
import io.segue.cli.ExitCode;
import io.segue.protocol.time.Time;
import java.util.Optional;

/** The fleet that the command line names, if it names one. */
public final class Fleets {
    private final Console console;
    private final Reports reports;

    public Fleets(Console console, Reports reports) {
        this.console = console;
        this.reports = reports;
    }

    /** Empty: this process does the work itself. */
    public Optional<FleetJobs> named() {
        return console.coordinators().map(named -> new FleetJobs(console, named, reports, Time.system()));
    }

    /** For a command that nothing but a fleet can do. */
    public FleetJobs needed() {
        return named().orElseThrow(() -> new FleetFailure(
                ExitCode.USAGE,
                "this command asks a fleet: name a coordinator with --coordinator URL or " + Coordinators.VARIABLE));
    }
}
