package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Problem;
import java.util.List;

/** What loading a configuration file came to. */
public sealed interface ConfigResult {
    /** What does not do what the file's author may expect; in the order of the file. */
    List<Problem> warnings();

    /** The file is good. */
    record Loaded(JobConfig config, List<Problem> warnings) implements ConfigResult {
        public Loaded {
            warnings = List.copyOf(warnings);
        }
    }

    /** The file cannot be used; {@code errors} are all of them, in the order of the file, and at least one. */
    record Refused(List<Problem> errors, List<Problem> warnings) implements ConfigResult {
        public Refused {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }
}
