package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Document;
import io.segue.protocol.config.yaml.Key;
import io.segue.protocol.config.yaml.Problem;
import io.segue.protocol.config.yaml.Problem.Severity;
import io.segue.protocol.config.yaml.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads the configuration file of a process of a fleet; like {@link ConfigLoader}, it finds all problems at once. */
public final class FleetConfigLoader {
    private final Map<String, String> environment;

    /** What loading came to. */
    public sealed interface Result {
        /** The file is good. */
        record Loaded(FleetConfig config, List<Problem> warnings) implements Result {
            public Loaded {
                warnings = List.copyOf(warnings);
            }
        }

        /** The file cannot be used; {@code problems} are all errors, in the order of the file. */
        record Refused(List<Problem> problems) implements Result {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    public FleetConfigLoader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Loads the text of a coordinator's file: {@code coordinator:} is there.
     *
     * @param file its name, for messages
     */
    public Result coordinator(String file, String text) {
        return load(file, text, FleetSection.COORDINATOR_KEY);
    }

    /**
     * Loads the text of a worker's file: {@code worker:} is there.
     *
     * @param file its name, for messages
     */
    public Result worker(String file, String text) {
        return load(file, text, FleetSection.WORKER_KEY);
    }

    private Result load(String file, String text, Key<?> own) {
        Document document = new Document(file, text, environment);
        Optional<FleetConfig> config = document.parse()
                .flatMap(node -> Types.section(FleetSection.section(own)).read(node, "", document));
        List<Problem> errors = document.problems(Severity.ERROR);
        return errors.isEmpty() && config.isPresent()
                ? new Result.Loaded(config.get(), document.problems(Severity.WARNING))
                : new Result.Refused(errors);
    }
}
