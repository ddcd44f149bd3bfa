package io.segue.sandbox.server;

import io.segue.sandbox.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The class path of a server, which its module's build left as a resource. */
public enum BuiltClassPath {
    KAFKA_BROKER("segue/kafka-broker.classpath"),
    KAFKA_BROKER_3_9("segue/kafka-broker-3.9.classpath"),
    S3_SERVER("segue/s3-server.classpath");

    private final String resource;

    BuiltClassPath(String resource) {
        this.resource = resource;
    }

    /** The server's own jars. */
    public String jars() {
        try (@Nullable InputStream in = BuiltClassPath.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw missing();
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new SandboxException("cannot read " + resource + " from the class path", e);
        }
    }

    /** The jar or directory of the server's module: its main class and its logging configuration. */
    public String module() {
        URL url = BuiltClassPath.class.getClassLoader().getResource(resource);
        if (url == null) {
            throw missing();
        }
        String text = url.toString();
        String container = text.startsWith("jar:")
                ? text.substring("jar:".length(), text.indexOf("!/"))
                : text.substring(0, text.length() - resource.length());
        return Path.of(URI.create(container)).toString();
    }

    private SandboxException missing() {
        return new SandboxException(
                resource + " is not on the class path: build deploy/sandbox with its modules first (mvn package)",
                null);
    }
}
