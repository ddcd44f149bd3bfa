package io.segue.e2e.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkplaceTest {
    @TempDir
    private Path parent = Path.of("");

    @Test
    void thoseOfDeadProcessesGoAndThoseOfLivingOnesStay() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path left = Files.createDirectories(parent.resolve("segue-demo-" + dead.pid() + "-1/tmp"));
        Path living = Files.createDirectory(
                parent.resolve("segue-demo-" + ProcessHandle.current().pid() + "-1"));
        try (Workplace own = Workplace.below(parent)) {
            assertFalse(Files.exists(left));
            assertTrue(Files.exists(living));
            assertTrue(Files.isDirectory(own.temporary()));
        }
        assertEquals(List.of(living), left());
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.toList();
        }
    }
}
