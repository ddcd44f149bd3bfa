package io.segue.cli.groups;

import io.segue.cli.client.RequestText;
import io.segue.protocol.config.Jaas;
import io.segue.protocol.config.Secret;
import io.segue.protocol.kafka.KafkaConnection;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which cluster, and how to log in to it; user and password come from the environment only. */
final class ClusterAccess {
    private static final List<String> PROTOCOLS = List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--bootstrap-servers",
            split = ",",
            paramLabel = "HOST:PORT",
            description = "Brokers of the cluster to begin with.")
    private List<String> bootstrapServers = List.of();

    @Option(
            names = "--security-protocol",
            paramLabel = "PROTOCOL",
            description = "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL. Default: PLAINTEXT.")
    private String protocol = "PLAINTEXT";

    @Option(
            names = "--sasl-mechanism",
            paramLabel = "MECHANISM",
            description = "PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or GSSAPI. Default: KAFKA_SASL_MECHANISM, or PLAIN."
                    + " User and password: KAFKA_USERNAME and KAFKA_PASSWORD.")
    private Optional<String> mechanism = Optional.empty();

    @Option(
            names = "--sasl-keytab",
            paramLabel = "FILE",
            description = "Key tab of GSSAPI. Default: KAFKA_SASL_KEYTAB, or the ticket cache.")
    private Optional<String> keytab = Optional.empty();

    @Option(
            names = "--sasl-krb5-config",
            paramLabel = "FILE",
            description = "Kerberos configuration. Default: KAFKA_KRB5_CONFIG, or the system's.")
    private Optional<String> krb5 = Optional.empty();

    @Option(
            names = "--sasl-kerberos-service-name",
            paramLabel = "NAME",
            description = "The brokers' service. Default: KAFKA_SASL_KERBEROS_SERVICE_NAME, or kafka.")
    private Optional<String> service = Optional.empty();

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Properties file with any other setting of Kafka's clients; it wins.")
    private Optional<Path> commandConfig = Optional.empty();

    /** @throws ParameterException unless the command line says which cluster */
    KafkaConnection connection(Map<String, String> environment) {
        return named(environment).orElseThrow(() -> wrong("Missing required option: '--bootstrap-servers=HOST:PORT'"));
    }

    /** Empty if the command line names no cluster. */
    Optional<KafkaConnection> named(Map<String, String> environment) {
        return isNamed() ? Optional.of(of(environment)) : Optional.empty();
    }

    boolean isNamed() {
        return !bootstrapServers.isEmpty();
    }

    /**
     * The same for a fleet, which logs in with its own environment: {@code KAFKA_USERNAME} and so on are resolved there.
     *
     * @throws ParameterException if the command line has what does not reach a fleet
     */
    String request(Map<String, String> environment) {
        Map<String, String> security = new TreeMap<>();
        security.put("security_protocol", protocol.toUpperCase(Locale.ROOT));
        if (protocol.toUpperCase(Locale.ROOT).startsWith("SASL_")) {
            String name = mechanismName(environment);
            if (name.equals("GSSAPI") || commandConfig.isPresent()) {
                throw wrong("--command-config and GSSAPI name files of this machine, which a fleet does not have: leave"
                        + " --coordinator and KAFKA_BACKUP_COORDINATOR out");
            }
            security.put("sasl_mechanism", name);
            security.put("sasl_username", "${KAFKA_USERNAME}");
            security.put("sasl_password", "${KAFKA_PASSWORD}");
        } else if (commandConfig.isPresent()) {
            throw wrong(
                    "--command-config names a file of this machine, which a fleet does not have: leave --coordinator and"
                            + " KAFKA_BACKUP_COORDINATOR out");
        }
        if (protocol.toUpperCase(Locale.ROOT).endsWith("SSL") && environment.containsKey("KAFKA_SSL_CA_CERT")) {
            security.put("ssl_ca_location", "${KAFKA_SSL_CA_CERT}");
        }
        return RequestText.scan(bootstrapServers, security);
    }

    private String mechanismName(Map<String, String> environment) {
        return mechanism
                .or(() -> Optional.ofNullable(environment.get("KAFKA_SASL_MECHANISM")))
                .orElse("PLAIN")
                .toUpperCase(Locale.ROOT)
                .replace("SHA256", "SHA-256")
                .replace("SHA512", "SHA-512");
    }

    private KafkaConnection of(Map<String, String> environment) {
        Map<String, String> properties = new HashMap<>();
        String chosen = protocol.toUpperCase(Locale.ROOT);
        if (!PROTOCOLS.contains(chosen)) {
            throw wrong("--security-protocol is one of " + PROTOCOLS + ", not '" + protocol + "'");
        }
        properties.put("security.protocol", chosen);
        if (chosen.startsWith("SASL_")) {
            sasl(properties, environment);
        }
        String ca = environment.get("KAFKA_SSL_CA_CERT");
        if (chosen.endsWith("SSL") && ca != null) {
            properties.put("ssl.truststore.type", "PEM");
            properties.put("ssl.truststore.location", ca);
        }
        commandConfig.ifPresent(file -> properties.putAll(read(file)));
        return new KafkaConnection(bootstrapServers, properties);
    }

    private void sasl(Map<String, String> properties, Map<String, String> environment) {
        String name = mechanismName(environment);
        properties.put("sasl.mechanism", name);
        Optional<String> user = Optional.ofNullable(environment.get("KAFKA_USERNAME"));
        Optional<String> password = Optional.ofNullable(environment.get("KAFKA_PASSWORD"));
        if (name.equals("GSSAPI")) {
            properties.put(
                    "sasl.kerberos.service.name",
                    service.or(() -> Optional.ofNullable(environment.get("KAFKA_SASL_KERBEROS_SERVICE_NAME")))
                            .orElse("kafka"));
            properties.put(
                    "sasl.jaas.config",
                    Jaas.kerberos(keytab.or(() -> Optional.ofNullable(environment.get("KAFKA_SASL_KEYTAB"))), user));
            krb5.or(() -> Optional.ofNullable(environment.get("KAFKA_KRB5_CONFIG")))
                    .ifPresent(file -> System.setProperty("java.security.krb5.conf", file));
        } else if (user.isPresent() && password.isPresent()) {
            properties.put("sasl.jaas.config", Jaas.password(name, user.get(), new Secret(password.get())));
        } else if (commandConfig.isEmpty()) {
            throw wrong("--security-protocol " + protocol + " needs KAFKA_USERNAME and KAFKA_PASSWORD in the"
                    + " environment, or --command-config");
        }
    }

    private Map<String, String> read(Path file) {
        Properties read = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            read.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw wrong("--command-config " + file + " cannot be read: " + e);
        }
        Map<String, String> properties = new HashMap<>();
        read.forEach((key, value) -> properties.put(key.toString(), value.toString()));
        return properties;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
