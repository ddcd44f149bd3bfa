package io.segue.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs {@code deploy/kafka-backup} as a user does: as a process of its own. */
public final class CommandLine {
    private static final Pattern JOB = Pattern.compile(
            "(?:restore|backup|validation|scan|verification)-(?:[0-9]{8}-[0-9]{6}-[0-9a-f]{4}|[0-9a-f]{12})");
    private static final long PATIENCE_SECONDS = 180;

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    /** @param directory for its output, its configuration files and its memory of jobs */
    public CommandLine(Path directory) {
        this.directory = directory;
        environment.put("SEGUE_HOME", directory.resolve("home").toString());
        environment.put("JAVA_OPTS", "-Xmx384m -XX:TieredStopAtLevel=1");
    }

    public CommandLine with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** What a run left. */
    public record Ended(int status, String out, String err) {
        /** The first job id that it mentions. */
        public String job() {
            Matcher found = JOB.matcher(err + out);
            if (!found.find()) {
                throw new AssertionError("no job id in\n" + out + "\n" + err);
            }
            return found.group();
        }

        public Ended expect(int wanted) {
            if (status != wanted) {
                throw new AssertionError("exit " + status + ", not " + wanted + "\n" + out + "\n" + err);
            }
            return this;
        }
    }

    /** Starts a run without waiting for its end. */
    public Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(repository().resolve("deploy/kafka-backup").toString());
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(directory, "out-", ".txt");
        Path err = Files.createTempFile(directory, "err-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    public Ended run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    /** A run under way. */
    public record Running(Process process, Path out, Path err) {
        public Ended await() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + PATIENCE_SECONDS + " s\n" + Files.readString(err));
            }
            return new Ended(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        }
    }

    /** The root of the checkout that this test was built from. */
    public static Path repository() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("deploy/kafka-backup"))) {
            Path parent = at.getParent();
            if (parent == null) {
                throw new AssertionError(
                        "no deploy/kafka-backup above " + Path.of("").toAbsolutePath());
            }
            at = parent;
        }
        return at;
    }
}
