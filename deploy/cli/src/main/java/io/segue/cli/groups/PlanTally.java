package io.segue.cli.groups;

import io.segue.cli.ExitCode;
import io.segue.coordinator.groups.ResetPlan.GroupPlan;

/** Counts what a plan refuses, for the exit code. */
final class PlanTally {
    private int groups;
    private int refused;
    private int empty;

    void group(GroupPlan group) {
        groups++;
        if (!group.refusals().isEmpty()) {
            refused++;
            empty += group.commits().isEmpty() ? 1 : 0;
        }
    }

    ExitCode exitCode() {
        if (refused == 0) {
            return ExitCode.DONE;
        }
        return empty == groups ? ExitCode.FAILED : ExitCode.PARTLY;
    }
}
