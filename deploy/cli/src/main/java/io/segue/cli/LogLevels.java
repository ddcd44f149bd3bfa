package io.segue.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** What {@code -v} does to the log. */
final class LogLevels {
    private LogLevels() {}

    static void apply(int verbosity) {
        if (verbosity > 0) {
            logger("io.segue").setLevel(verbosity == 1 ? Level.DEBUG : Level.TRACE);
        }
        if (verbosity > 1) {
            logger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        }
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}
