package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Document;
import io.segue.protocol.config.yaml.Problem;
import io.segue.protocol.config.yaml.Problem.Severity;
import io.segue.protocol.config.yaml.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads a configuration file: variables, YAML, keys, types, contradictions. Nothing but the files that it names (PEM
 * certificates and keys) is touched, and all problems are found at once.
 */
public final class ConfigLoader {
    private final Map<String, String> environment;
    private final RootSection root;
    private final boolean stored;

    /** Reads certificates from this machine. */
    public ConfigLoader(Map<String, String> environment) {
        this(environment, LocalFiles.ofThisMachine());
    }

    public ConfigLoader(Map<String, String> environment, LocalFiles files) {
        this(environment, files, false);
    }

    private ConfigLoader(Map<String, String> environment, LocalFiles files, boolean stored) {
        this.environment = Map.copyOf(environment);
        this.root = new RootSection(files);
        this.stored = stored;
    }

    /** Loads what will be stored where others read it: secrets that are not variables are errors. */
    public static ConfigLoader ofSubmissions(Map<String, String> environment, LocalFiles files) {
        return new ConfigLoader(environment, files, true);
    }

    /**
     * Loads the text of a file.
     *
     * @param file its name, for messages
     */
    public ConfigResult load(String file, String text) {
        Document document = new Document(file, text, environment, stored);
        Optional<JobConfig> config =
                document.parse().flatMap(node -> Types.section(root.section()).read(node, "", document));
        List<Problem> errors = document.problems(Severity.ERROR);
        List<Problem> warnings = document.problems(Severity.WARNING);
        return errors.isEmpty() && config.isPresent()
                ? new ConfigResult.Loaded(config.get(), warnings)
                : new ConfigResult.Refused(errors, warnings);
    }
}
