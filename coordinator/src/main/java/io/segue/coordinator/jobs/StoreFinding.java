package io.segue.coordinator.jobs;

import java.util.List;

/**
 * What a look at the store that carries the fleet found, in words for people.
 *
 * @param trouble why no job can be worked on now; empty if nothing speaks against it
 * @param remarks what is worth saying of a fleet that can work
 */
public record StoreFinding(List<String> trouble, List<String> remarks) {
    /** All is well. */
    public static final StoreFinding GOOD = new StoreFinding(List.of(), List.of());

    public StoreFinding {
        trouble = List.copyOf(trouble);
        remarks = List.copyOf(remarks);
    }

    public static StoreFinding trouble(List<String> trouble) {
        return new StoreFinding(trouble, List.of());
    }
}
