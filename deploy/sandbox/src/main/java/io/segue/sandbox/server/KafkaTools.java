package io.segue.sandbox.server;

import io.segue.sandbox.SandboxException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Kafka's own command line tools. */
public final class KafkaTools {
    private static final String QUIET_LOGGING = "kafka-tools-log4j2.xml";

    private KafkaTools() {}

    /** A class path to run them with, that keeps log lines out of what they print; {@code directory} holds part of it. */
    public static String classPath(Path directory) {
        try (@Nullable InputStream config = KafkaTools.class.getResourceAsStream(QUIET_LOGGING)) {
            if (config == null) {
                throw new IllegalStateException(QUIET_LOGGING + " is missing beside " + KafkaTools.class);
            }
            Files.createDirectories(directory);
            Files.copy(config, directory.resolve("log4j2.xml"));
            return directory + File.pathSeparator + BuiltClassPath.KAFKA_BROKER.jars();
        } catch (IOException e) {
            throw new SandboxException("cannot write the logging configuration of Kafka's tools", e);
        }
    }
}
