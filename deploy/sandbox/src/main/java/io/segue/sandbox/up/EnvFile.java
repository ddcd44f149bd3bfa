package io.segue.sandbox.up;

import io.segue.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The addresses of a sandbox as {@code NAME=value} lines that a shell can source. */
public final class EnvFile {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]*");

    private EnvFile() {}

    /** {@code TARGET_BOOTSTRAP} is left out where there is no target cluster. */
    public static Map<String, String> variables(Sandbox sandbox) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("SOURCE_BOOTSTRAP", sandbox.source().bootstrapServers());
        sandbox.target().ifPresent(target -> all.put("TARGET_BOOTSTRAP", target.bootstrapServers()));
        all.put("S3_ENDPOINT", sandbox.s3().endpoint().toString());
        all.put("S3_BUCKET", sandbox.s3().bucket());
        all.put("AWS_REGION", sandbox.s3().region());
        all.put("AWS_ACCESS_KEY_ID", sandbox.s3().accessKeyId());
        all.put("AWS_SECRET_ACCESS_KEY", sandbox.s3().secretAccessKey());
        all.put("KAFKA_CLASSPATH", sandbox.kafkaToolsClassPath());
        return all;
    }

    public static String format(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + quote(variable.getValue()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** Whoever waits for the file sees all of it or nothing. */
    public static void write(Path file, String content) throws IOException {
        Path target = file.toAbsolutePath();
        Path temporary = target.resolveSibling(
                target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        Files.writeString(temporary, content);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String quote(String value) {
        return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
