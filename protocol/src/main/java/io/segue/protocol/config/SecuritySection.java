package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Key;
import io.segue.protocol.config.yaml.Section;
import io.segue.protocol.config.yaml.Types;
import io.segue.protocol.config.yaml.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code security:} of a cluster: the peer's keys, made into properties of Kafka's Java clients. */
final class SecuritySection {
    static final Key<String> PROTOCOL = Key.of(
                    "security_protocol",
                    Types.words("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"),
                    "How brokers are reached.")
            .or("PLAINTEXT");
    static final Key<String> MECHANISM = Key.of(
            "sasl_mechanism",
            Types.words(mechanisms()).described("PLAIN | SCRAM-SHA-256 | SCRAM-SHA-512 | GSSAPI | OAUTHBEARER"),
            "Required by SASL protocols; `SCRAM-SHA256` and `SCRAM-SHA512` are accepted too.");
    static final Key<String> USERNAME =
            Key.of("sasl_username", Types.text(), "User of PLAIN and SCRAM; principal of GSSAPI with a key tab.");
    static final Key<Secret> PASSWORD = Key.of("sasl_password", SecretType.secret(), "Password of PLAIN and SCRAM.");
    static final Key<String> KERBEROS_SERVICE = Key.of(
                    "sasl_kerberos_service_name", Types.text(), "GSSAPI: name of the brokers' service.")
            .or("kafka");
    static final Key<String> KEYTAB =
            Key.of("sasl_keytab_path", Types.text(), "GSSAPI: key tab. Absent: the ticket cache.");
    static final Key<String> KRB5 = Key.of("sasl_krb5_config_path", Types.text(), "GSSAPI: Kerberos configuration.")
            .withoutEffect("Java reads it once for the whole process; set JAVA_OPTS=-Djava.security.krb5.conf=PATH");
    static final Key<Secret> KEY_PASSWORD =
            Key.of("ssl_key_password", SecretType.secret(), "Password of an encrypted `ssl_key_location`.");
    static final Key<Map<String, String>> PROPERTIES = Key.of(
                    "properties",
                    SecretType.settings(),
                    "Any other security setting of Kafka's Java clients, by its own name. Wins over the keys above.")
            .or(Map.of());

    private final Key<Pem> ca;
    private final Key<Pem> certificate;
    private final Key<Pem> key;

    SecuritySection(LocalFiles files) {
        ca = Key.of(
                "ssl_ca_location",
                Pem.certificates(files),
                "PEM file with the certificates to trust. Absent: those that Java trusts.");
        certificate = Key.of(
                "ssl_certificate_location",
                Pem.certificates(files),
                "PEM file with the client's certificate chain; needs `ssl_key_location`.");
        key = Key.of(
                "ssl_key_location",
                Pem.privateKey(files),
                "PEM file with the client's private key, PKCS#8; needs `ssl_certificate_location`.");
    }

    Section<Map<String, String>> section() {
        List<Key<?>> keys = new ArrayList<>(flatKeys());
        keys.add(PROPERTIES);
        return new Section<>(keys, this::check, this::build);
    }

    /** The peer's keys, which it also documents one level higher. */
    List<Key<?>> flatKeys() {
        return List.of(
                PROTOCOL,
                MECHANISM,
                USERNAME,
                PASSWORD,
                ca,
                certificate,
                key,
                KEY_PASSWORD,
                KERBEROS_SERVICE,
                KEYTAB,
                KRB5);
    }

    void check(Values values) {
        boolean sasl = values.get(PROTOCOL).startsWith("SASL_");
        boolean tls = values.get(PROTOCOL).endsWith("SSL");
        if (sasl) {
            checkSasl(values);
        } else {
            ignored(values, List.of(MECHANISM, USERNAME, PASSWORD, KEYTAB), "write SASL_SSL or SASL_PLAINTEXT");
        }
        if (tls) {
            both(values, certificate, key);
            both(values, key, certificate);
        } else {
            ignored(values, List.of(ca, certificate, key, KEY_PASSWORD), "write SSL or SASL_SSL");
        }
    }

    private void checkSasl(Values values) {
        if (values.find(PROPERTIES).orElse(Map.of()).containsKey("sasl.jaas.config")) {
            return;
        }
        Optional<String> mechanism = values.find(MECHANISM);
        if (!values.written(MECHANISM)
                && !values.find(PROPERTIES).orElse(Map.of()).containsKey("sasl.mechanism")) {
            values.error(MECHANISM, "is required by security_protocol: " + values.get(PROTOCOL), "add it");
        } else if (mechanism
                .filter(word -> word.equals("PLAIN") || word.startsWith("SCRAM"))
                .isPresent()) {
            for (Key<?> credential : List.of(USERNAME, PASSWORD)) {
                if (!values.written(credential)) {
                    values.error(credential, "is required by sasl_mechanism: " + mechanism.get(), "add it");
                }
            }
        } else if (mechanism.filter("GSSAPI"::equals).isPresent() && values.has(KEYTAB) && !values.written(USERNAME)) {
            values.error(USERNAME, "is required with a key tab", "add the principal");
        }
    }

    private static void ignored(Values values, List<Key<?>> keys, String suggestion) {
        for (Key<?> key : keys) {
            if (values.written(key)) {
                String protocol = values.get(PROTOCOL);
                values.warning(key, "has no effect with security_protocol: " + protocol, suggestion);
            }
        }
    }

    private static void both(Values values, Key<?> one, Key<?> other) {
        if (values.written(one) && !values.written(other)) {
            values.error(other, "is required beside " + one.name(), "add it");
        }
    }

    /** The properties of Kafka's clients; none for what are its defaults anyway. */
    Map<String, String> build(Values values) {
        Map<String, String> properties = new LinkedHashMap<>();
        String protocol = values.get(PROTOCOL);
        properties.put("security.protocol", protocol);
        if (protocol.startsWith("SASL_")) {
            values.find(MECHANISM).ifPresent(mechanism -> putSasl(properties, mechanism, values));
        }
        if (protocol.endsWith("SSL")) {
            putTls(properties, values);
        }
        properties.putAll(values.find(PROPERTIES).orElse(Map.of()));
        return properties;
    }

    private static void putSasl(Map<String, String> properties, String mechanism, Values values) {
        properties.put("sasl.mechanism", mechanism);
        if (mechanism.equals("GSSAPI")) {
            properties.put("sasl.kerberos.service.name", values.get(KERBEROS_SERVICE));
            properties.put("sasl.jaas.config", Jaas.kerberos(values.find(KEYTAB), values.find(USERNAME)));
        } else if (values.has(USERNAME) && values.has(PASSWORD)) {
            String username = values.find(USERNAME).orElseThrow();
            Secret password = values.find(PASSWORD).orElseThrow();
            properties.put("sasl.jaas.config", Jaas.password(mechanism, username, password));
        }
    }

    private void putTls(Map<String, String> properties, Values values) {
        values.find(ca).ifPresent(pem -> {
            properties.put("ssl.truststore.type", "PEM");
            properties.put("ssl.truststore.location", pem.file().toString());
        });
        if (values.has(certificate) && values.has(key)) {
            properties.put("ssl.keystore.type", "PEM");
            // As text, because Kafka wants certificate and key in one file where they are given by location.
            properties.put(
                    "ssl.keystore.certificate.chain",
                    values.find(certificate).orElseThrow().content());
            properties.put("ssl.keystore.key", values.find(key).orElseThrow().content());
            values.find(KEY_PASSWORD).ifPresent(secret -> properties.put("ssl.key.password", secret.value()));
        }
    }

    private static Map<String, String> mechanisms() {
        Map<String, String> words = new LinkedHashMap<>();
        List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "GSSAPI", "OAUTHBEARER")
                .forEach(word -> words.put(word, word));
        words.put("SCRAM-SHA256", "SCRAM-SHA-256");
        words.put("SCRAM-SHA512", "SCRAM-SHA-512");
        return words;
    }
}
