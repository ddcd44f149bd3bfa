package io.segue.cli.groups;

import io.segue.coordinator.groups.NamePattern;
import io.segue.coordinator.groups.ResetRequest;
import io.segue.protocol.store.ObjectStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a reset was found to follow from.
 *
 * @param groups empty: all that are known
 * @param state where a reset may keep its state; empty: on this machine
 */
record ResetInputs(ResetRequest request, List<NamePattern> groups, Labels labels, Optional<ObjectStore> state) {
    /** Where things come from, in words. */
    record Labels(
            @Nullable String backupId,
            @Nullable String jobId,
            @Nullable String sourceClusterId,
            String commitsFrom,
            String mappingFrom) {}
}
