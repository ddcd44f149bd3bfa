package io.segue.protocol.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.config.FleetConfigLoader.Result.Loaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the documentation says of the configuration is what the program does. */
final class DocumentationTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final String JOBS = "loader's";
    private static final String FLEETS = "fleet loader's";
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    /** Run with {@code -Dsegue.docs.write} to bring the page up to date. */
    @Test
    void theReferenceListsEveryKey() throws IOException {
        assertIsReference(JOBS, ConfigReference.markdown());
    }

    @Test
    void theReferenceListsEveryKeyOfAFleet() throws IOException {
        assertIsReference(FLEETS, ConfigReference.fleetMarkdown());
    }

    private static void assertIsReference(String whose, String reference) throws IOException {
        Path page = DOCS.resolve("config.md");
        String text = Files.readString(page);
        String mark = "<!-- generated from the " + whose + " tables: begin -->\n";
        int begin = text.indexOf(mark) + mark.length();
        int end = text.indexOf("<!-- generated from the " + whose + " tables: end -->");
        if (System.getProperty("segue.docs.write") != null) {
            Files.writeString(page, text.substring(0, begin) + "\n" + reference + text.substring(end));
        } else {
            assertEquals("\n" + reference, text.substring(begin, end));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyYamlBlockLoads() throws IOException {
        try (Stream<Path> pages = Files.list(DOCS)) {
            List<Path> markdown = pages.filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
            assertTrue(markdown.contains(DOCS.resolve("config.md")), markdown::toString);
            return markdown.stream().flatMap(DocumentationTest::blocks).toList().stream();
        }
    }

    private static Stream<DynamicTest> blocks(Path page) {
        try {
            return YAML.matcher(Files.readString(page))
                    .results()
                    .map(block -> DynamicTest.dynamicTest(
                            page.getFileName() + " at character " + block.start(), () -> assertLoads(block.group(1))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A block that is a part of a file is loaded with the rest of one. */
    private static void assertLoads(String block) {
        if (Pattern.compile("(?m)^cluster:").matcher(block).find()) {
            FleetConfigLoader loader = new FleetConfigLoader(Map.of());
            assertInstanceOf(Loaded.class, loader.coordinator("fleet.yaml", block));
            assertInstanceOf(Loaded.class, loader.worker("fleet.yaml", block));
            return;
        }
        StringBuilder text = new StringBuilder(block);
        boolean backup = block.contains("mode: backup");
        (backup ? Loading.BACKUP : Loading.RESTORE)
                .lines()
                .filter(line -> !Pattern.compile("(?m)^" + line.substring(0, line.indexOf(':') + 1))
                        .matcher(block)
                        .find())
                .forEach(line -> text.append(line).append('\n'));
        Map<String, String> environment = new HashMap<>();
        VARIABLE.matcher(block).results().forEach(variable -> environment.put(variable.group(1), "x"));
        Map<String, String> files = Map.of(
                "/etc/segue/ca.pem", "-----BEGIN CERTIFICATE-----",
                "/etc/segue/client.pem", "-----BEGIN CERTIFICATE-----",
                "/etc/segue/client.key", "-----BEGIN PRIVATE KEY-----");
        Loading loading = new Loading(environment, files);
        assertEquals(List.of(), loading.errors(text.toString()), text::toString);
        assertEquals(List.of(), loading.warnings(text.toString()), text::toString);
    }
}
