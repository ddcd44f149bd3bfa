package io.segue.coordinator.groups;

/** Told of each group as soon as its outcome is certain, before the next is begun. */
@FunctionalInterface
public interface Checkpoint {
    void ended(GroupOutcome outcome);

    /** For those who keep no journal. */
    Checkpoint NONE = outcome -> {};
}
