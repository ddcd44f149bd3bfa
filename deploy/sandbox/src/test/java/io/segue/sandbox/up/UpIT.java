package io.segue.sandbox.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script as a user runs it, against the module's own build. */
final class UpIT {
    private static final long LIMIT_SECONDS = 60;

    @TempDir
    Path directory;

    @Test
    void tellsItsAddressesAndEndsInOrder() throws Exception {
        Path env = directory.resolve("sandbox.env");
        Files.writeString(env, "SOURCE_BOOTSTRAP=of-yesterday\n");
        Path data = directory.resolve("data");
        Process up = up("--env-file", env.toString(), "--target-brokers", "0", "--base-dir", data.toString());
        try (BufferedReader out = up.inputReader()) {
            List<String> lines = readUntilAddresses(out);
            String source = sourced(env, "echo $SOURCE_BOOTSTRAP $S3_BUCKET $AWS_REGION ${TARGET_BOOTSTRAP:-none}");
            assertTrue(source.matches("127\\.0\\.0\\.1:\\d+ segue us-east-1 none"), source);
            assertTrue(
                    lines.contains("  SOURCE_BOOTSTRAP=" + source.substring(0, source.indexOf(' '))), lines.toString());
            String topics = sourced(
                    env,
                    "java -cp \"$KAFKA_CLASSPATH\" org.apache.kafka.tools.TopicCommand"
                            + " --bootstrap-server $SOURCE_BOOTSTRAP --create --topic orders");
            assertEquals("Created topic orders.", topics);
            List<ProcessHandle> family = up.descendants().toList();
            assertEquals(2, family.size());
            up.destroy();
            assertTrue(up.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS));
            for (ProcessHandle member : family) {
                member.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            up.destroyForcibly();
        }
        assertFalse(Files.exists(env));
        try (Stream<Path> left = Files.list(data)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws Exception {
        assertTrue(refusal("--brokrs", "3").startsWith("unknown option --brokrs"));
        assertTrue(refusal("--brokers", "three").startsWith("--brokers takes a number, not three"));
        assertTrue(refusal("--brokers", "9").startsWith("--brokers: a sandbox cluster has 1 to 5 brokers, not 9"));
        assertTrue(refusal("--env-file").startsWith("--env-file needs a value"));
        Path missing = directory.resolve("missing");
        assertTrue(refusal("--env-file", missing.resolve("sandbox.env").toString())
                .startsWith("--env-file " + missing.resolve("sandbox.env") + ": there is no directory " + missing));
        assertTrue(refusal("--env-file", directory.toString()).contains("is a directory; name a file in it"));
    }

    @Test
    void explainsItself() throws Exception {
        Process up = up("--help");
        String text = new String(up.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, up.waitFor());
        assertTrue(text.startsWith("usage: deploy/sandbox/up"), text);
    }

    private static String refusal(String... args) throws IOException, InterruptedException {
        Process up = up(args);
        String text = new String(up.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(2, up.waitFor(), text);
        return text;
    }

    private static Process up(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("./up"));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static List<String> readUntilAddresses(BufferedReader out) throws IOException {
        List<String> lines = new ArrayList<>();
        while (lines.isEmpty() || !lines.get(lines.size() - 1).contains("AWS_SECRET_ACCESS_KEY")) {
            String line = out.readLine();
            if (line == null) {
                throw new AssertionError("up ended early: " + lines);
            }
            lines.add(line);
        }
        return lines;
    }

    private static String sourced(Path env, String script) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder("bash", "-ec", ". '" + env + "'; " + script)
                .redirectErrorStream(true)
                .start();
        String text = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, bash.waitFor(), text);
        return text.strip();
    }
}
