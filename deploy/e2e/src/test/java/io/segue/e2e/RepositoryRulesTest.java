package io.segue.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for the files of the repository rather than for its classes. */
class RepositoryRulesTest {
    private static final int MAX_LINES = 400;
    private static final Pattern COMMAND =
            Pattern.compile("(?:^|[\\s`(])((?:deploy|\\.ci)/[A-Za-z0-9_/-]+)(?![A-Za-z0-9_./-])");
    private static final Path ROOT = root();

    private static Path root() {
        for (Path path = Path.of("").toAbsolutePath(); path != null; path = path.getParent()) {
            if (Files.exists(path.resolve("protocol")) && Files.exists(path.resolve("deploy"))) {
                return path;
            }
        }
        throw new IllegalStateException("the tests do not run inside the repository");
    }

    /** Files below the root that belong to the repository, not to a build. */
    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> path.toString().endsWith(ending))
                    .filter(path -> !("/" + ROOT.relativize(path)).contains("/target/"))
                    .filter(path -> !("/" + ROOT.relativize(path)).contains("/.git/"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path path) {
        return ROOT.relativize(path).toString();
    }

    @Test
    void theTopLevelIsShort() throws IOException {
        Set<String> found = new TreeSet<>(Set.of("README.md"));
        try (Stream<Path> entries = Files.list(ROOT)) {
            entries.map(RepositoryRulesTest::name)
                    .filter(name -> !name.startsWith(".") && !name.equals("target"))
                    .forEach(found::add);
        }

        assertEquals(
                new TreeSet<>(Set.of(
                        "LICENSE", "README.md", "coordinator", "deploy", "docs", "pom.xml", "protocol", "worker")),
                found);
    }

    @Test
    void versionsStandInOnePlace() throws IOException {
        List<String> elsewhere = new ArrayList<>();
        for (Path pom : files("pom.xml")) {
            String text = Files.readString(pom);
            int parent = text.indexOf("</parent>");
            if (parent >= 0 && text.indexOf("<version>", parent) >= 0) {
                elsewhere.add(name(pom));
            }
        }

        assertEquals(List.of(), elsewhere, "poms that name versions: they belong in the root pom.xml");
    }

    @Test
    void filesAreShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path source : files(".java")) {
            try (Stream<String> lines = Files.lines(source)) {
                if (lines.count() > MAX_LINES) {
                    tooLong.add(name(source));
                }
            }
        }

        assertEquals(List.of(), tooLong, "files of more than " + MAX_LINES + " lines");
    }

    /** Tests share the declaration of the package that they test. */
    @Test
    void everyPackageIsDeclaredNullMarked() throws IOException {
        List<String> undeclared = new ArrayList<>();
        for (Path source : files(".java")) {
            Path directory = Objects.requireNonNull(source.getParent());
            Path declared = directory.resolve("package-info.java");
            Path ofMain = Path.of(declared.toString().replace("/src/test/", "/src/main/"));
            if (!Files.exists(declared) && !Files.exists(ofMain)) {
                undeclared.add(name(directory));
            } else if (source.equals(declared) && !Files.readString(declared).contains("@NullMarked")) {
                undeclared.add(name(declared));
            }
        }

        assertEquals(List.of(), undeclared.stream().distinct().toList());
    }

    @Test
    void commandsInTheDocumentationExist() throws IOException {
        List<String> missing = new ArrayList<>();
        int commands = 0;
        for (Path page : files(".md")) {
            Matcher found = COMMAND.matcher(Files.readString(page));
            while (found.find()) {
                commands++;
                Path command = ROOT.resolve(found.group(1));
                if (!Files.exists(command) || (Files.isRegularFile(command) && !Files.isExecutable(command))) {
                    missing.add(name(page) + ": " + found.group(1));
                }
            }
        }

        assertEquals(List.of(), missing, "commands that are not there or cannot be executed");
        assertTrue(commands > 0, "the documentation names commands");
    }

    @Test
    void scriptsAreExecutable() throws IOException {
        List<String> scripts = new ArrayList<>();
        try (Stream<Path> all = Files.walk(ROOT.resolve("deploy"))) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(path -> !("/" + ROOT.relativize(path)).contains("/target/"))
                    .filter(path -> !path.getFileName().toString().contains("."))
                    .toList()) {
                if (!Files.isExecutable(file)) {
                    scripts.add(name(file));
                }
            }
        }

        assertEquals(List.of(), scripts, "files in deploy without an ending are commands");
    }
}
