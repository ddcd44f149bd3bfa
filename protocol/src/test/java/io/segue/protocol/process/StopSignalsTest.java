package io.segue.protocol.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signals reach processes, so that this starts one. */
@Timeout(60)
class StopSignalsTest {
    /** Says what it hears, and ends at the second signal. */
    static final class Listener {
        private Listener() {}

        public static void main(String[] arguments) throws InterruptedException {
            CountDownLatch never = new CountDownLatch(1);
            StopSignals.handle(
                    () -> System.out.println("first"),
                    () -> Runtime.getRuntime().halt(4));
            System.out.println("ready");
            never.await();
        }
    }

    @Test
    void theFirstSignalIsARequestAndTheSecondIsHeardToo() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Listener.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("ready", lines.readLine());

            process.toHandle().destroy();
            assertEquals("first", lines.readLine());
            assertTrue(process.isAlive());

            process.toHandle().destroy();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(4, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }
}
