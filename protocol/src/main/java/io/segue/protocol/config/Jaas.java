package io.segue.protocol.config;

import java.util.Optional;

/** Values of {@code sasl.jaas.config}. */
public final class Jaas {
    private Jaas() {}

    public static String password(String mechanism, String username, Secret password) {
        String module = mechanism.startsWith("SCRAM")
                ? "org.apache.kafka.common.security.scram.ScramLoginModule"
                : "org.apache.kafka.common.security.plain.PlainLoginModule";
        return module + " required username=" + quoted(username) + " password=" + quoted(password.value()) + ";";
    }

    public static String kerberos(Optional<String> keytab, Optional<String> principal) {
        String credentials = keytab.map(file -> " useKeyTab=true storeKey=true keyTab=" + quoted(file))
                .orElse(" useTicketCache=true");
        return "com.sun.security.auth.module.Krb5LoginModule required"
                + credentials
                + principal.map(name -> " principal=" + quoted(name)).orElse("")
                + ";";
    }

    /** As {@link java.io.StreamTokenizer}, with which Kafka reads it, takes a string apart: C escapes, no line breaks. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
