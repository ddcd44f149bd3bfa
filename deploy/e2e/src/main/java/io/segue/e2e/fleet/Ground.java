package io.segue.e2e.fleet;

import java.nio.file.Path;

/** Where a stage puts its files; closing it takes away what is not to stay. */
public interface Ground extends AutoCloseable {
    /** Configurations, logs, the local state of commands. */
    Path directory();

    /** Temporary files of commands and fleet: what a process that is killed leaves behind. */
    Path temporary();

    @Override
    void close();
}
