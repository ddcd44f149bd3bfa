package io.segue.protocol.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.segue.protocol.config.yaml.Problem;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static ConfigResult submitted(String text) {
        LocalFiles none = file -> {
            throw new FileNotFoundException(file.toString());
        };
        return ConfigLoader.ofSubmissions(Map.of("P", "hunter2"), none).load("job.yaml", text);
    }

    private static List<String> errors(String text) {
        return submitted(text) instanceof ConfigResult.Refused refused
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

    private static List<String> errorsOf(String target) {
        return errors("mode: restore\nbackup_id: b1\nstorage: {backend: filesystem, path: /b}\ntarget:\n"
                        + "  bootstrap_servers: [t:9092]\n" + target)
                .stream()
                .map(error -> error.replaceFirst("^job.yaml:(\\d+:\\d+): error: ([^:]*): .*", "$1 $2"))
                .toList();
    }

    @Test
    void propertiesOfClientsHoldNoneEither() {
        assertEquals(
                List.of(
                        "7:23 target.kafka_properties.sasl.jaas.config",
                        "8:23 target.kafka_properties.ssl.key.password",
                        "9:23 target.kafka_properties.ssl.keystore.key",
                        "10:34 target.kafka_properties.schema.basic.auth.user.info"),
                errorsOf("""
                          kafka_properties:
                            sasl.jaas.config: 'x required username="ada" password="hunter2";'
                            ssl.key.password: hunter2
                            ssl.keystore.key: hunter2
                            schema.basic.auth.user.info: ada:hunter2
                            sasl.oauthbearer.token.endpoint.url: https://issuer/token
                            client.id: restore
                        """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc${P}hunter2",
                "${P}hunter2",
                "x required username=\"${P}\" password=\"hunter2\";",
                "x required username=\"${P}\" password=\"a${P}\";",
                "x required username=\"${P}\" password = hunter2;",
                "x required username=\"a\\\" \" password='hunter2';",
                "x required clientId=\"a\" clientSecret=\"hunter2\";",
                "x required user_ada=hunter2;",
                "x required ${P} hunter2;",
            })
    void partOfASecretIsASecret(String value) {
        String quoted = "'" + value.replace("'", "''") + "'";
        assertEquals(
                List.of("7:23 target.kafka_properties.sasl.jaas.config"),
                errorsOf("  kafka_properties:\n    sasl.jaas.config: " + quoted + "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${P}",
                "${P}:${P}",
                "x required username=\"ada\" password=\"${P}\";",
                "a.b.Module required clientId=me clientSecret='${P}' scope=\"s\"",
                "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true keyTab=\"/k\" principal=\"a@B\";",
            })
    void secretsThatAreNamedArePlain(String value) {
        String quoted = "'" + value.replace("'", "''") + "'";
        assertEquals(List.of(), errorsOf("  kafka_properties:\n    sasl.jaas.config: " + quoted + "\n"));
    }

    @Test
    void whatIsNotReadIsStoredAllTheSame() {
        assertEquals(
                List.of("6:41 logging.sink.password", "6:56 logging.pem"),
                errorsOf("logging: {level: info, sink: {password: hunter2}, pem: '-----BEGIN PRIVATE KEY-----'}\n"));
    }

    @Test
    void aUrlWithAUserIsRefusedAlsoWhereItStays() {
        String text = """
                mode: restore
                backup_id: b1
                target: {bootstrap_servers: [t:9092], kafka_properties: {proxy: "http://ada:hunter2@proxy:1"}}
                storage: {backend: s3, bucket: b, endpoint: "https://ada:hunter2@s3"}
                """;
        for (ConfigResult result : List.of(Loading.plain().result(text), submitted(text))) {
            List<Problem> errors = ((ConfigResult.Refused) result).errors();
            assertEquals("job.yaml:3:65", errors.get(0).position().toString());
            assertEquals("target.kafka_properties.proxy", errors.get(0).key());
            assertEquals("job.yaml:4:45", errors.get(2).position().toString());
            assertFalse(errors.toString().contains("hunter2"), errors::toString);
            for (Problem error : errors) {
                assertFalse(error.excerpt().orElseThrow().contains("hunter2"), error.excerpt()::toString);
            }
        }
    }

    @Test
    void theLineThatIsShownHidesAllSecretsInIt() {
        String text = Loading.RESTORE.replace(
                "[t:9092]}", "[t:9092], kafka_properties: {ssl.key.password: hunter2, ssl.keystore.key: hunter3}}");
        List<Problem> errors = ((ConfigResult.Refused) submitted(text)).errors();
        assertEquals(2, errors.size());
        for (Problem error : errors) {
            assertFalse(error.excerpt().orElseThrow().contains("hunter"), error.excerpt()::toString);
        }
    }

    @Test
    void anEndpointFromAVariableIsLookedAtToo() {
        String text = Loading.RESTORE.replace(
                "{backend: filesystem, path: /backups}", "{backend: s3, bucket: b, endpoint: '${E}'}");
        for (String endpoint : List.of("https://ada:hunter2@s3", "https://s3?sig=hunter2")) {
            assertEquals(
                    List.of("job.yaml:4:35: error: storage.endpoint: is not a URL of a server;"
                            + " write https://host:port, without user or query"),
                    new Loading(Map.of("E", endpoint), Map.of()).errors(text));
        }
    }
}
