package io.segue.sandbox;

/** What the JVMs of a sandbox's servers are good at. */
public enum Tuning {
    /** Ready in half the processor time, as only the quick compiler runs. For tests. */
    QUICK_START,
    /** As fast as a server gets once it is warm. For measurements. */
    THROUGHPUT
}
