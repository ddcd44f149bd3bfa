package io.segue.coordinator.restore;

import io.segue.protocol.job.RestoreSpec;
import java.util.List;

/**
 * What is asked of a restore.
 *
 * @param contradictions between the configuration and the backup: with any of them nothing is restored
 * @param notes what a person should know before it starts
 */
public record RestoreOrder(RestoreSpec spec, List<String> contradictions, List<String> notes) {
    public RestoreOrder {
        contradictions = List.copyOf(contradictions);
        notes = List.copyOf(notes);
    }
}
