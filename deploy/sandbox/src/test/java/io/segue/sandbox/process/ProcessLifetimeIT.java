package io.segue.sandbox.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.SandboxException;
import io.segue.sandbox.SandboxOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessLifetimeIT {
    private static final long LIMIT_SECONDS = 60;

    @TempDir
    Path base;

    @Test
    void nothingOutlivesAKilledParentNotEvenASuspendedBroker() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SuspendingParent.class.getName(),
                        base.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = parent.inputReader()) {
            assertEquals(SuspendingParent.READY, out.readLine());
            List<ProcessHandle> family = parent.descendants().toList();
            // a broker, the S3 server, and the shell that holds the broker
            assertEquals(3, family.size(), family.toString());
            parent.destroyForcibly();
            for (ProcessHandle member : family) {
                member.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            parent.destroyForcibly();
        }
        assertEquals(2, entries(), "a killed parent leaves its directory and the lock");
        Scratch.create(Optional.of(base)).close();
        assertEquals(0, entries(), "the next sandbox clears up");
    }

    @Test
    void aPartThatDoesNotStartSaysWhyAndLeavesNothing() throws Exception {
        SandboxOptions options = SandboxOptions.defaults()
                .withTarget(ClusterOptions.of(1).withProperty("num.io.threads", "none"))
                .in(base);
        long before = ProcessHandle.current().children().count();
        SandboxException failure = assertThrows(SandboxException.class, () -> ProcessSandbox.start(options));
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.startsWith("broker 0 of the target cluster ended with status 1"), message);
        assertTrue(message.contains("Invalid value none for configuration num.io.threads"), message);
        assertEquals(before, ProcessHandle.current().children().count());
        assertEquals(0, entries());
    }

    @Test
    void aSandboxInUseIsNotClearedUpByTheNext() throws IOException {
        Scratch first = Scratch.create(Optional.of(base));
        Scratch second = Scratch.create(Optional.of(base));
        assertTrue(Files.isDirectory(first.directory()));
        second.close();
        first.close();
        assertEquals(0, entries());
    }

    private long entries() throws IOException {
        try (Stream<Path> listed = Files.list(base)) {
            return listed.count();
        }
    }
}
