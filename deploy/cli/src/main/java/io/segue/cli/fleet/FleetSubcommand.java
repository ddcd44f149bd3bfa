package io.segue.cli.fleet;

import io.segue.cli.ExitCode;
import io.segue.cli.Subcommand;

/** A command that asks a fleet and waits for its answer. */
interface FleetSubcommand extends Subcommand {
    ExitCode ask() throws InterruptedException;

    @Override
    default ExitCode run() {
        try {
            return ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }
}
