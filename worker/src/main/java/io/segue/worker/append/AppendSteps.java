package io.segue.worker.append;

/** Told at each step at which a process may die; tests make it die there. */
@FunctionalInterface
public interface AppendSteps {
    /** The steps, in order. */
    enum Step {
        BEFORE_REBASE,
        AFTER_REBASE,
        AFTER_EMPTIED,
        BEFORE_HEAD_FILL,
        AFTER_HEAD_FILL,
        BEFORE_GAP_FILL,
        BEFORE_FENCE,
        AFTER_FENCE,
        BEFORE_ATTACH_JOURNALED,
        AFTER_ATTACH_JOURNALED,
        BEFORE_PRODUCE,
        AFTER_PRODUCE,
        BEFORE_FRAGMENT,
        AFTER_FRAGMENT,
        BEFORE_SEAL,
        AFTER_SEAL
    }

    void reached(Step step);
}
