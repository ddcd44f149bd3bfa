package io.segue.worker.jobs;

import io.segue.protocol.config.ConfigLoader;
import io.segue.protocol.config.ConfigResult;
import java.util.Map;

/** Configurations as tests need them. */
public final class TestingConfigs {
    /** The text of a restore's; needs {@code TARGET_PASSWORD}. */
    static final String TEXT = """
            mode: restore
            backup_id: backup-1
            target:
              bootstrap_servers: ["unused:9092"]
              security:
                security_protocol: SASL_SSL
                sasl_mechanism: PLAIN
                sasl_username: segue
                sasl_password: ${TARGET_PASSWORD}
            storage: {backend: filesystem, path: /unused}
            """;

    private TestingConfigs() {}

    /** Of a restore, of storage and target that are never opened. */
    public static JobAccess restore() {
        ConfigResult result = new ConfigLoader(Map.of("TARGET_PASSWORD", "x")).load("restore.yaml", TEXT);
        if (result instanceof ConfigResult.Loaded loaded) {
            return JobAccess.of(loaded.config());
        }
        throw new AssertionError(result.toString());
    }
}
