package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Problem;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.Map;

/** Loads configuration text as the program does, with a given environment and given files. */
final class Loading {
    static final String RESTORE = """
            mode: restore
            backup_id: b1
            target: {bootstrap_servers: [t:9092]}
            storage: {backend: filesystem, path: /backups}
            """;
    static final String BACKUP = """
            mode: backup
            backup_id: b1
            source: {bootstrap_servers: [s:9092]}
            storage: {backend: filesystem, path: /backups}
            """;

    private final Map<String, String> environment;
    private final Map<String, String> files;

    Loading(Map<String, String> environment, Map<String, String> files) {
        this.environment = environment;
        this.files = files;
    }

    static Loading plain() {
        return new Loading(Map.of(), Map.of());
    }

    ConfigResult result(String text) {
        LocalFiles local = file -> {
            String content = files.get(file.toString());
            if (content == null) {
                throw new FileNotFoundException(file.toString());
            }
            return content;
        };
        return new ConfigLoader(environment, local).load("job.yaml", text);
    }

    ConfigResult.Loaded loaded(String text) {
        if (result(text) instanceof ConfigResult.Loaded loaded) {
            return loaded;
        }
        throw new AssertionError("refused: " + errors(text));
    }

    JobConfig config(String text) {
        return loaded(text).config();
    }

    List<String> errors(String text) {
        return result(text) instanceof ConfigResult.Refused refused
                ? refused.errors().stream().map(Problem::toString).toList()
                : List.of();
    }

    List<String> warnings(String text) {
        return result(text).warnings().stream().map(Problem::toString).toList();
    }
}
