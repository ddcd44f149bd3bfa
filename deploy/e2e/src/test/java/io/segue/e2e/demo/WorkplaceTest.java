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

    /** As on Ctrl-C, which lets no block come to its end. */
    @Test
    void nothingOfItStaysWhenItsProcessIsToldToEnd() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process ended = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Leaving.class.getName(), parent.toString())
                .inheritIO()
                .start();
        assertEquals(Leaving.CODE, ended.waitFor());
        assertEquals(List.of(), left());
    }

    /** A process that ends without closing its workplace. */
    static final class Leaving {
        static final int CODE = 130;

        private Leaving() {}

        public static void main(String[] args) {
            Workplace own = Workplace.below(Path.of(args[0]));
            System.exit(Files.isDirectory(own.temporary()) ? CODE : 1);
        }
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.toList();
        }
    }
}
