package io.segue.coordinator.restore;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the command line asks of a restore beyond its file.
 *
 * @param dryRun plan, and change nothing
 * @param resetGroups reset groups whatever the file's switches say ({@code three-phase-restore})
 * @param keepFrozen leave the topics frozen at the end, until {@code thaw}
 */
public record RestoreOptions(boolean dryRun, boolean resetGroups, boolean keepFrozen) {
    private static final String DRY_RUN = "dry-run";
    private static final String THREE_PHASES = "three-phases";
    private static final String KEEP_FROZEN = "keep-frozen";

    /** Of a request to a fleet. */
    public static RestoreOptions of(Map<String, String> options) {
        return new RestoreOptions(on(options, DRY_RUN), on(options, THREE_PHASES), on(options, KEEP_FROZEN));
    }

    private static boolean on(Map<String, String> options, String name) {
        return options.getOrDefault(name, "false").equals("true");
    }

    /** As a request to a fleet has them. */
    public Map<String, String> asked() {
        Map<String, String> options = new TreeMap<>();
        if (dryRun) {
            options.put(DRY_RUN, "true");
        }
        if (resetGroups) {
            options.put(THREE_PHASES, "true");
        }
        if (keepFrozen) {
            options.put(KEEP_FROZEN, "true");
        }
        return options;
    }
}
