package io.segue.coordinator.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.jobs.FakeJobs;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.view.FleetReport;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.job.view.JobView.Log;
import io.segue.protocol.mapping.MappingDocument;
import io.segue.protocol.time.Time;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** {@code docs/api.md} and {@code docs/openapi.yaml} say what the API does: examples run, routes and members are all there. */
final class ApiPagesTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern EXAMPLE = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
    private static final String JOB = "restore-0-there";

    private static Map<?, ?> openApi() throws IOException {
        return new Yaml().load(Files.readString(DOCS.resolve("openapi.yaml")));
    }

    private static Map<?, ?> child(Map<?, ?> map, String... names) {
        Map<?, ?> found = map;
        for (String name : names) {
            found = found.get(name) instanceof Map<?, ?> next ? next : Map.of();
        }
        return found;
    }

    private static Set<String> names(Map<?, ?> map) {
        return map.keySet().stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> members(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyRouteIsDescribedAndNothingElse() throws Exception {
        Map<String, Set<String>> described = new TreeMap<>();
        Map<?, ?> paths = child(openApi(), "paths");
        for (String path : names(paths)) {
            Set<String> methods = names(child(paths, path));
            methods.remove("parameters");
            described.put(path, methods);
        }
        Map<String, Set<String>> routed = new TreeMap<>();
        Vertx vertx = Vertx.vertx();
        try {
            FakeJobs jobs = new FakeJobs(Map.of());
            BlockingCalls calls = new BlockingCalls(vertx);
            JobEvents events = new JobEvents(vertx, jobs, calls, Duration.ofMinutes(1));
            new ApiRoutes(jobs, calls, events, new ApiMetrics(events::followers), Time.system())
                    .all()
                    .forEach(route -> routed.computeIfAbsent(route.path(), any -> new TreeSet<>())
                            .add(route.method().name().toLowerCase(java.util.Locale.ROOT)));
        } finally {
            vertx.close().await(20, TimeUnit.SECONDS);
        }

        assertEquals(routed, described);
    }

    @Test
    void theSchemasAreThoseOfTheAnswers() throws Exception {
        Map<?, ?> schemas = child(openApi(), "components", "schemas");
        Map<String, Class<?>> records = new LinkedHashMap<>();
        records.put("JobView", JobView.class);
        records.put("JobView/properties/progress", JobView.Progress.class);
        records.put("JobView/properties/log", Log.class);
        records.put("JobView/properties/outcome", JobView.Outcome.class);
        records.put("Tasks", JobView.Tasks.class);
        records.put("FleetReport", FleetReport.class);
        records.put("FleetReport/properties/leader", FleetReport.Leader.class);
        records.put("FleetReport/properties/activity", FleetReport.Activity.class);
        records.put("FleetReport/properties/workers/items", FleetReport.Worker.class);
        records.forEach((path, record) ->
                assertEquals(members(record), names(child(child(schemas, path.split("/")), "properties")), path));

        Map<?, ?> view = child(schemas, "JobView", "properties");
        assertEquals(Stream.of(JobState.values()).map(JobState::name).collect(Collectors.toSet()), Set.copyOf((List<?>)
                child(view, "state").get("enum")));
        assertEquals(Stream.of(JobKind.values()).map(JobKind::word).collect(Collectors.toSet()), Set.copyOf((List<?>)
                child(view, "kind").get("enum")));
    }

    @Test
    void everyCodeOfAnErrorIsExplained() throws Exception {
        String page = Files.readString(DOCS.resolve("api.md"));
        Pattern code = Pattern.compile("new ApiError\\(\\s*[a-z0-9]+,\\s*\"([a-z-]+)\"");
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/segue/coordinator/api"))) {
            for (Path source : sources.toList()) {
                Matcher found = code.matcher(Files.readString(source));
                while (found.find()) {
                    codes.add(found.group(1));
                }
            }
        }

        assertTrue(codes.size() > 10, codes.toString());
        codes.forEach(found -> assertTrue(page.contains("`" + found + "`"), found));
    }

    /** Every example of the page is run by a shell, in order, in one directory. */
    @Test
    void theExamplesRun(@TempDir Path directory) throws Exception {
        List<String> examples = new ArrayList<>();
        Matcher found = EXAMPLE.matcher(Files.readString(DOCS.resolve("api.md")));
        while (found.find()) {
            examples.add(found.group(1));
        }
        assertTrue(examples.size() >= 4, "the page has examples");
        try (ApiWorld api = new ApiWorld()) {
            api.jobs.put(ApiWorld.ended(JOB, 0, new Log(7, 0, List.of("Phase 1: Restore Data"))));
            api.jobs.mapping(JOB, new MappingDocument("a", "b", 1_700_000_000_000L, List.of()));
            for (String example : examples) {
                Path output = directory.resolve("output.txt");
                ProcessBuilder shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", example)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                shell.environment().put("API", api.uri("").toString());
                shell.environment().put("JOB", JOB);
                Process process = shell.start();
                assertTrue(process.waitFor(60, TimeUnit.SECONDS), example);
                assertEquals(0, process.exitValue(), () -> example + "\n" + text(output));
            }
            String submitted = api.jobs.ids().stream()
                    .filter(id -> !id.equals(JOB))
                    .findFirst()
                    .orElseThrow();
            assertTrue(api.jobs.submission(submitted).config().contains("backup_id: \"my-backup\"\n"));
            assertEquals(5, api.jobs.commands(JOB).size());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
