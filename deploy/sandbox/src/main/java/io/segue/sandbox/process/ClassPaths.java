package io.segue.sandbox.process;

import io.segue.sandbox.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The class paths of the child processes, as the build wrote them. */
final class ClassPaths {
    private static final String BROKER = "segue/kafka-broker.classpath";
    private static final String S3_SERVER = "segue/s3-server.classpath";

    private ClassPaths() {}

    static String broker() {
        return join(locationOf(Tethered.class), locationOfResource(BROKER), read(BROKER));
    }

    static String s3Server() {
        return join(locationOf(Tethered.class), locationOfResource(S3_SERVER), read(S3_SERVER));
    }

    /** {@code quiet} comes first, so that its logging configuration is the one that counts. */
    static String kafkaTools(Path quiet) {
        return join(quiet.toString(), read(BROKER));
    }

    private static String join(String... parts) {
        return String.join(System.getProperty("path.separator"), List.of(parts));
    }

    private static String read(String resource) {
        try (InputStream in = ClassPaths.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw missing(resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new SandboxException("cannot read " + resource + " from the class path", e);
        }
    }

    private static String locationOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new SandboxException("the sandbox's own classes have no file location", e);
        }
    }

    /** The jar or directory that holds a resource; the child finds its main class and logging configuration there. */
    private static String locationOfResource(String resource) {
        java.net.URL url = ClassPaths.class.getClassLoader().getResource(resource);
        if (url == null) {
            throw missing(resource);
        }
        String text = url.toString();
        String container = text.startsWith("jar:")
                ? text.substring("jar:".length(), text.indexOf("!/"))
                : text.substring(0, text.length() - resource.length());
        return Path.of(java.net.URI.create(container)).toString();
    }

    private static SandboxException missing(String resource) {
        return new SandboxException(
                resource + " is not on the class path: build deploy/sandbox with its modules first (mvn package)",
                null);
    }
}
