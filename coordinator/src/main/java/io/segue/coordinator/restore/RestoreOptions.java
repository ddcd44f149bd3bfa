package io.segue.coordinator.restore;

import io.segue.coordinator.plan.RestorePlan;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the command line asks of a restore beyond its file.
 *
 * @param dryRun plan, and change nothing
 * @param exact a dry run counts what groups read again, whatever it has to read for that
 * @param resetGroups reset groups whatever the file's switches say ({@code three-phase-restore})
 * @param keepFrozen leave the topics frozen at the end, until {@code thaw}
 */
public record RestoreOptions(boolean dryRun, boolean exact, boolean resetGroups, boolean keepFrozen) {
    /** Stored bytes that a dry run reads without being asked to: a second or two. */
    private static final long COUNTED_UNASKED = 64L << 20;

    private static final String DRY_RUN = "dry-run";
    private static final String EXACT = "exact";
    private static final String THREE_PHASES = "three-phases";
    private static final String KEEP_FROZEN = "keep-frozen";

    /** Of a request to a fleet. */
    public static RestoreOptions of(Map<String, String> options) {
        return new RestoreOptions(
                on(options, DRY_RUN), on(options, EXACT), on(options, THREE_PHASES), on(options, KEEP_FROZEN));
    }

    private static boolean on(Map<String, String> options, String name) {
        return options.getOrDefault(name, "false").equals("true");
    }

    /** Whether a dry run reads the archive for its plan. */
    public boolean counts(RestorePlan plan) {
        return !plan.readAgain().isEmpty() && (exact || plan.bytesToCount() <= COUNTED_UNASKED);
    }

    /** As a request to a fleet has them. */
    public Map<String, String> asked() {
        Map<String, String> options = new TreeMap<>();
        if (dryRun) {
            options.put(DRY_RUN, "true");
        }
        if (exact) {
            options.put(EXACT, "true");
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
