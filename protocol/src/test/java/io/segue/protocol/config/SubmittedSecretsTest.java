package io.segue.protocol.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.config.yaml.Problem;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A submitted configuration is stored: no secret may stand in it. */
class SubmittedSecretsTest {
    private static final String TEXT = """
            mode: restore
            backup_id: b1
            target:
              bootstrap_servers: [t:9092]
              security:
                security_protocol: SASL_SSL
                sasl_mechanism: PLAIN
                sasl_username: ada
                sasl_password: PASSWORD
                properties:
                  ssl.truststore.password: PASSWORD
                  client.rack: r1
                  sasl.jaas.config: 'x required password="PASSWORD";'
            storage:
              backend: s3
              bucket: b
              access_key: PASSWORD
              secret_key: PASSWORD
            """;

    private static List<String> errors(String text) {
        LocalFiles none = file -> {
            throw new FileNotFoundException(file.toString());
        };
        ConfigResult result =
                ConfigLoader.ofSubmissions(Map.of("P", "hunter2"), none).load("job.yaml", text);
        return result instanceof ConfigResult.Refused refused
                ? refused.errors().stream().map(Problem::toString).toList()
                : List.of();
    }

    @Test
    void secretsInPlainTextAreRefusedByLineAndKey() {
        String why = " is a secret in plain text, and a submitted configuration is stored;"
                + " write ${NAME} here, and set that variable for every coordinator and worker";

        assertEquals(
                List.of(
                        "job.yaml:9:20: error: target.security.sasl_password:" + why,
                        "job.yaml:11:32: error: target.security.properties.ssl.truststore.password:" + why,
                        "job.yaml:13:25: error: target.security.properties.sasl.jaas.config:" + why,
                        "job.yaml:17:15: error: storage.access_key:" + why,
                        "job.yaml:18:15: error: storage.secret_key:" + why),
                errors(TEXT.replace("PASSWORD", "hunter2")));
    }

    @Test
    void variablesAreNot() {
        assertEquals(List.of(), errors(TEXT.replace("PASSWORD", "${P}")));
    }

    @Test
    void aFileThatStaysWhereItIsMayHoldThem() {
        assertEquals(List.of(), Loading.plain().errors(TEXT.replace("PASSWORD", "hunter2")));
    }
}
