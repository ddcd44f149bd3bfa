package io.segue.sandbox.up;

import io.segue.sandbox.Sandbox;
import io.segue.sandbox.SandboxException;
import io.segue.sandbox.process.ProcessSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Starts a sandbox, says where it is, and keeps it until a signal ends this process and the sandbox with it. */
public final class Up {
    private static final int FAILED = 1;
    private static final int BAD_USAGE = 2;

    private Up() {}

    /** Exits with 2 for a bad command line, 1 if the sandbox does not start. */
    public static void main(String[] args) throws InterruptedException {
        if (List.of(args).contains("--help")) {
            System.out.print(UpOptions.USAGE);
            return;
        }
        try {
            run(UpOptions.parse(List.of(args)));
        } catch (UpOptions.Bad e) {
            System.err.println(e.getMessage() + "\n\n" + UpOptions.USAGE);
            System.exit(BAD_USAGE);
        } catch (SandboxException e) {
            System.err.println("The sandbox did not start: " + e.getMessage());
            System.exit(FAILED);
        } catch (IOException e) {
            System.err.println("The sandbox did not start: the file for its addresses cannot be written: " + e);
            System.exit(FAILED);
        }
    }

    private static void run(UpOptions options) throws IOException, InterruptedException {
        if (options.envFile().isPresent()) {
            // one of an earlier sandbox would tell those who wait for it wrong addresses
            Files.deleteIfExists(options.envFile().get());
        }
        System.out.println("Starting the sandbox ...");
        long begin = System.nanoTime();
        Sandbox sandbox = ProcessSandbox.start(options.sandbox());
        double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0;
        Map<String, String> variables = EnvFile.variables(sandbox);
        if (options.envFile().isPresent()) {
            Path file = options.envFile().get();
            EnvFile.write(file, EnvFile.format(variables));
            removeAtExit(file);
        }
        System.out.printf("Ready after %.1f s. Ctrl-C ends it.%n", seconds);
        variables.forEach((name, value) -> {
            if (!name.equals("KAFKA_CLASSPATH")) {
                System.out.println("  " + name + "=" + value);
            }
        });
        new CountDownLatch(1).await();
    }

    private static void removeAtExit(Path file) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                System.err.println("cannot remove " + file + ": " + e.getMessage());
            }
        }));
    }
}
