package io.segue.protocol.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecuritySectionTest {
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";
    private static final String KEY = "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n";
    private static final String OLD_KEY = "-----BEGIN RSA PRIVATE KEY-----\nAA==\n-----END RSA PRIVATE KEY-----\n";
    private static final Map<String, String> FILES =
            Map.of("/ca.pem", CERTIFICATE, "/client.pem", CERTIFICATE, "/client.key", KEY, "/old.key", OLD_KEY);

    @Test
    void defaults() {
        assertEquals(Map.of("security.protocol", "PLAINTEXT"), properties("{}"));
        assertEquals(Map.of("security.protocol", "SSL"), properties("{security_protocol: SSL}"));
    }

    @Test
    void tlsWithPemFiles() {
        assertEquals(
                Map.of(
                        "security.protocol", "SSL",
                        "ssl.truststore.type", "PEM",
                        "ssl.truststore.location", "/ca.pem",
                        "ssl.keystore.type", "PEM",
                        "ssl.keystore.certificate.chain", CERTIFICATE,
                        "ssl.keystore.key", KEY,
                        "ssl.key.password", "pw"),
                properties("{security_protocol: SSL, ssl_ca_location: /ca.pem, ssl_certificate_location: /client.pem,"
                        + " ssl_key_location: /client.key, ssl_key_password: pw}"));
    }

    @Test
    void credentialsReachTheLoginModuleWhateverTheyHold() {
        String password = "a\"b\\c; d=e\n$f\té";
        Loading loading = new Loading(Map.of("PW", password), FILES);
        for (String spelling : List.of("SCRAM-SHA-512", "SCRAM-SHA512")) {
            Map<String, String> properties = properties(
                    loading,
                    "{security_protocol: SASL_SSL, sasl_mechanism: " + spelling
                            + ", sasl_username: us er, sasl_password: \"${PW}\"}");
            assertEquals("SCRAM-SHA-512", properties.get("sasl.mechanism"));
            AppConfigurationEntry entry = login(properties);
            assertEquals("org.apache.kafka.common.security.scram.ScramLoginModule", entry.getLoginModuleName());
            assertEquals(Map.of("username", "us er", "password", password), entry.getOptions());
        }
    }

    @Test
    void kerberos() {
        Map<String, String> properties = properties("{security_protocol: SASL_PLAINTEXT, sasl_mechanism: GSSAPI,"
                + " sasl_keytab_path: /k.keytab, sasl_username: segue@X}");
        assertEquals("kafka", properties.get("sasl.kerberos.service.name"));
        assertEquals(
                Map.of("useKeyTab", "true", "storeKey", "true", "keyTab", "/k.keytab", "principal", "segue@X"),
                login(properties).getOptions());
        assertEquals(
                Map.of("useTicketCache", "true"),
                login(properties("{security_protocol: SASL_PLAINTEXT, sasl_mechanism: GSSAPI}"))
                        .getOptions());
    }

    @Test
    void anyOtherSettingOfTheClient() {
        Map<String, String> properties = properties(
                "{security_protocol: SASL_SSL, sasl_mechanism: OAUTHBEARER, properties:"
                        + " {sasl.oauthbearer.token.endpoint.url: \"https://x\", ssl.endpoint.identification.algorithm: \"\"}}");
        assertEquals("https://x", properties.get("sasl.oauthbearer.token.endpoint.url"));
        assertEquals("", properties.get("ssl.endpoint.identification.algorithm"));
    }

    @Test
    void theClientTakesThePemFiles(@TempDir Path directory) throws Exception {
        X509Certificate certificate = trustedByJava();
        Path ca = directory.resolve("ca.pem");
        Files.writeString(ca, pem("CERTIFICATE", certificate.getEncoded()));
        String key = pem(
                "PRIVATE KEY",
                KeyPairGenerator.getInstance("EC")
                        .generateKeyPair()
                        .getPrivate()
                        .getEncoded());
        Loading loading = new Loading(
                Map.of(), Map.of(ca.toString(), Files.readString(ca), "/c", Files.readString(ca), "/k", key));
        Map<String, Object> properties = new HashMap<>(properties(
                loading,
                "{security_protocol: SSL, ssl_ca_location: " + ca
                        + ", ssl_certificate_location: /c, ssl_key_location: /k}"));
        properties.put("bootstrap.servers", "127.0.0.1:1");
        assertDoesNotThrow(() -> Admin.create(properties).close(Duration.ZERO));
        Files.writeString(ca, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThrows(KafkaException.class, () -> Admin.create(properties).close(Duration.ZERO));
    }

    private static X509Certificate trustedByJava() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        return ((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers()[0];
    }

    private static String pem(String kind, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    @Test
    void errors() {
        assertErrors(
                "{security_protocol: SASL_SSL}", ".sasl_mechanism: is required by security_protocol: SASL_SSL; add it");
        assertErrors(
                "{security_protocol: SASL_SSL, sasl_mechanism: PLAIN}",
                ".sasl_username: is required by sasl_mechanism: PLAIN; add it",
                ".sasl_password: is required by sasl_mechanism: PLAIN; add it");
        assertErrors(
                "{security_protocol: SSL, ssl_certificate_location: /client.pem}",
                ".ssl_key_location: is required beside ssl_certificate_location; add it");
        assertErrors(
                "{security_protocol: SSL, ssl_certificate_location: /client.pem, ssl_key_location: /old.key}",
                ".ssl_key_location: /old.key holds no PKCS#8 private key;"
                        + " convert it: openssl pkcs8 -topk8 -nocrypt -in KEY -out KEY.pkcs8");
        assertErrors(
                "{security_protocol: SSL, ssl_ca_location: /none.pem}",
                ".ssl_ca_location: cannot read /none.pem (FileNotFoundException: /none.pem);"
                        + " check path and permissions");
        assertErrors(
                "{sasl_mechanism: SCRAM-SHA-265}",
                ".sasl_mechanism: \"SCRAM-SHA-265\" is not one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, GSSAPI,"
                        + " OAUTHBEARER, SCRAM-SHA256, SCRAM-SHA512; did you mean SCRAM-SHA-256?");
    }

    @Test
    void whatTheProtocolIgnoresIsSaid() {
        assertEquals(
                List.of("job.yaml:5:50: warning: target.security.sasl_mechanism:"
                        + " has no effect with security_protocol: PLAINTEXT; write SASL_SSL or SASL_PLAINTEXT"),
                Loading.plain().warnings(text("{sasl_mechanism: PLAIN}")));
    }

    private static void assertErrors(String section, String... errors) {
        assertEquals(
                List.of(errors),
                new Loading(Map.of(), FILES)
                        .errors(text(section)).stream()
                                .map(text -> text.replaceFirst("^job.yaml:\\d+:\\d+: error: target.security", ""))
                                .toList());
    }

    private static AppConfigurationEntry login(Map<String, String> properties) {
        Map<String, Object> configs = Map.of("sasl.jaas.config", new Password(properties.get("sasl.jaas.config")));
        return JaasContext.loadClientContext(configs).configurationEntries().get(0);
    }

    private static Map<String, String> properties(String section) {
        return properties(new Loading(Map.of(), FILES), section);
    }

    private static Map<String, String> properties(Loading loading, String section) {
        return loading.config(text(section)).target().orElseThrow().connection().clientProperties();
    }

    private static String text(String section) {
        return Loading.RESTORE.replaceFirst("target: .*\n", "") + "\ntarget: {bootstrap_servers: [t:9092], security: "
                + section + "}\n";
    }
}
