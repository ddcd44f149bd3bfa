package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Types;
import io.segue.protocol.config.yaml.ValueType;
import io.segue.protocol.config.yaml.ValueType.Complaint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A PEM file that was read when the configuration was; its content is never printed. */
record Pem(Path file, String content) {
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";
    private static final String PKCS8 = "-----BEGIN PRIVATE KEY-----";
    private static final String ENCRYPTED = "-----BEGIN ENCRYPTED PRIVATE KEY-----";

    static ValueType<Pem> certificates(LocalFiles files) {
        return type(
                files,
                content -> content.contains(CERTIFICATE)
                        ? Optional.empty()
                        : Optional.of(new Complaint("holds no " + CERTIFICATE, "name a PEM file with a certificate")));
    }

    static ValueType<Pem> privateKey(LocalFiles files) {
        return type(
                files,
                content -> content.contains(PKCS8) || content.contains(ENCRYPTED)
                        ? Optional.empty()
                        : Optional.of(new Complaint(
                                "holds no PKCS#8 private key",
                                "convert it: openssl pkcs8 -topk8 -nocrypt -in KEY -out KEY.pkcs8")));
    }

    private interface Check {
        Optional<Complaint> apply(String content);
    }

    private static ValueType<Pem> type(LocalFiles files, Check check) {
        return ValueType.of(
                "path",
                (node, key, document) -> Types.path().read(node, key, document).flatMap(file -> {
                    try {
                        String content = files.read(file);
                        Optional<Complaint> complaint = check.apply(content);
                        complaint.ifPresent(c -> document.error(node, key, file + " " + c.message(), c.suggestion()));
                        return complaint.isPresent() ? Optional.empty() : Optional.of(new Pem(file, content));
                    } catch (IOException e) {
                        String reason = e.getClass().getSimpleName() + ": " + e.getMessage();
                        document.error(
                                node, key, "cannot read " + file + " (" + reason + ")", "check path and permissions");
                        return Optional.empty();
                    }
                }));
    }

    @Override
    public String toString() {
        return "Pem[" + file + "]";
    }
}
