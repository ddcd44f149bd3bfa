package io.segue.cli.config;

import io.segue.cli.Console;
import io.segue.protocol.config.ConfigLoader;
import io.segue.protocol.config.ConfigResult;
import io.segue.protocol.config.ConfigResult.Loaded;
import io.segue.protocol.config.ConfigResult.Refused;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.yaml.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A configuration file named on the command line. */
public final class ConfigFile {
    private static final int LIMIT = 4 << 20;

    private ConfigFile() {}

    /**
     * The configuration in a file; its warnings are shown. Empty if the file cannot be used: then all its problems have
     * been shown, nothing was done, and the command ends with {@link io.segue.cli.ExitCode#USAGE}.
     */
    public static Optional<JobConfig> load(Path file, Console console) {
        return read(file, console).flatMap(result -> {
            show(file, result, console);
            return result instanceof Loaded loaded ? Optional.of(loaded.config()) : Optional.empty();
        });
    }

    /**
     * A configuration that is to be submitted to a fleet.
     *
     * @param text as written
     * @param config empty if variables have no value here: the fleet's processes resolve them
     */
    public record Submission(String text, Optional<JobConfig> config) {}

    /** As {@link #load}, for a fleet: a variable that has no value on this machine is no problem. */
    public static Optional<Submission> loadForFleet(Path file, Console console) {
        return readText(file, console).flatMap(text -> {
            ConfigResult result = new ConfigLoader(console.environment()).load(file.toString(), text);
            if (result instanceof Loaded loaded) {
                show(file, result, console);
                return Optional.of(new Submission(text, Optional.of(loaded.config())));
            }
            List<Problem> errors = ((Refused) result)
                    .errors().stream().filter(problem -> !isUnset(problem)).toList();
            if (errors.isEmpty()) {
                return Optional.of(new Submission(text, Optional.empty()));
            }
            show(file, new Refused(errors, result.warnings()), console);
            return Optional.empty();
        });
    }

    private static boolean isUnset(Problem problem) {
        return problem.message().startsWith("the environment variable ")
                && problem.message().endsWith(" is not set");
    }

    /** What is in a file, without showing it; empty, with a message shown, if it cannot be read. */
    static Optional<ConfigResult> read(Path file, Console console) {
        return readText(file, console).map(text -> new ConfigLoader(console.environment()).load(file.toString(), text));
    }

    private static Optional<String> readText(Path file, Console console) {
        try {
            return Optional.of(text(file));
        } catch (NoSuchFileException e) {
            console.note("Error: there is no file " + file + "; give the path of the configuration with --config");
        } catch (CharacterCodingException e) {
            console.note("Error: " + file + " is not a text file in UTF-8");
        } catch (IOException e) {
            console.note("Error: " + file + " cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LIMIT + 1);
            if (content.length > LIMIT) {
                throw new IOException("it is larger than " + LIMIT + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        }
    }

    static void show(Path file, ConfigResult result, Console console) {
        result.warnings().forEach(warning -> console.note(ProblemText.of(warning)));
        if (result instanceof Refused refused) {
            for (Problem error : refused.errors()) {
                console.note(ProblemText.of(error));
            }
            String count = ProblemText.count(
                    refused.errors().size(), refused.warnings().size());
            console.note(count + " in " + file + "; nothing was done");
        }
    }
}
