package io.segue.worker.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobRequest;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenJobsTest {
    private final JobStore store = new JobStore(new InMemoryObjectStore());
    private final List<String> closed = new ArrayList<>();
    private int opened;
    private final OpenJobs jobs = new OpenJobs(store, job -> TestingConfigs.restore(), storage -> storage(opened++));

    private ObjectStore storage(int number) {
        return new WatchedStore(new InMemoryObjectStore(), () -> closed.add("storage " + number));
    }

    @Test
    void aJobIsOpenedOnceForAllItsTasks() {
        try (OpenJobs.Use first = jobs.use("restore-1");
                OpenJobs.Use second = jobs.use("restore-1")) {
            assertSame(first.resources(), second.resources());
        }
        try (OpenJobs.Use third = jobs.use("restore-1")) {
            assertEquals("restore-1", third.resources().jobId());
        }
        assertEquals(1, opened);
        assertEquals(List.of(), closed);
    }

    @Test
    void ofJobsWithoutTasksTheLastFourAreKept() {
        OpenJobs.Use busy = jobs.use("job-busy");
        for (int i = 1; i <= 6; i++) {
            jobs.use("job-" + i).close();
        }

        assertEquals(List.of("storage 1", "storage 2"), closed);
        busy.close();
        assertEquals(List.of("storage 1", "storage 2", "storage 3"), closed, "now it is idle, too, and the newest");
        jobs.close();
        assertEquals(7, closed.size());
    }

    @Test
    void aJobThatIsUsedAgainIsNotTheOldest() {
        JobResources first;
        try (OpenJobs.Use use = jobs.use("job-1")) {
            first = use.resources();
        }
        for (int i = 2; i <= 4; i++) {
            jobs.use("job-" + i).close();
        }
        jobs.use("job-1").close();
        jobs.use("job-5").close();

        try (OpenJobs.Use again = jobs.use("job-1");
                OpenJobs.Use second = jobs.use("job-2")) {
            assertSame(first, again.resources());
            assertNotSame(first, second.resources());
            assertEquals(List.of("storage 1"), closed, "that of job-2");
        }
    }

    @Test
    void secretsComeFromThisProcess() {
        store.submit(new JobRequest(1, "restore-1", JobKind.RESTORE, 0, "somebody", TestingConfigs.TEXT, Map.of()));

        String jaas = JobConfigs.submitted(store, Map.of("TARGET_PASSWORD", "opensesame"))
                .of("restore-1")
                .target()
                .orElseThrow()
                .clientProperties()
                .get("sasl.jaas.config");

        assertTrue(String.valueOf(jaas).contains("opensesame"));
    }

    @Test
    void aSecretThatThisProcessDoesNotHaveIsNamed() {
        store.submit(new JobRequest(1, "restore-1", JobKind.RESTORE, 0, "somebody", TestingConfigs.TEXT, Map.of()));

        JobUnavailableException unavailable = assertThrows(
                JobUnavailableException.class,
                () -> JobConfigs.submitted(store, Map.of()).of("restore-1"));

        assertTrue(String.valueOf(unavailable.getMessage()).contains("TARGET_PASSWORD"), unavailable.getMessage());
        assertTrue(String.valueOf(unavailable.getMessage()).contains("restore-1"), unavailable.getMessage());
    }

    @Test
    void aJobThatNobodySubmittedIsNotThere() {
        JobUnavailableException unavailable = assertThrows(
                JobUnavailableException.class,
                () -> JobConfigs.submitted(store, Map.of()).of("restore-9"));

        assertTrue(
                String.valueOf(unavailable.getMessage()).startsWith("no request of restore-9 is in "),
                unavailable.getMessage());
    }
}
