package io.segue.worker.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.segue.protocol.job.CheckTask;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.ValidationSpec;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.InMemoryObjectStore.Moment;
import io.segue.protocol.store.InMemoryObjectStore.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanPagesTest {
    private int reads;
    private final JobStore jobs = new JobStore(new InMemoryObjectStore((moment, operation, key) -> {
        reads += moment == Moment.AFTER && operation == Operation.READ ? 1 : 0;
    }));

    /** Pages of 200 tasks, each of one segment. */
    private void planned(String jobId, int pages) {
        List<JobTask> tasks = new ArrayList<>();
        for (int i = 0; i < pages * JobStore.PAGE; i++) {
            SegmentRef segment = new SegmentRef("k" + i, 0, 1, 1, 1);
            tasks.add(new CheckTask("t-" + i, new TopicPartition("orders", i), List.of(segment)));
        }
        jobs.create(new JobFile(jobId, 0, new ValidationSpec("backup-1", "0f")), tasks);
    }

    @Test
    void tenThousandTasksReadEachPageOnce() {
        planned("validation-1", 50);
        PlanPages pages = new PlanPages(jobs, PlanPages.MOST);

        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 10_000; i++) {
                // largest first goes criss-cross through the pages
                int task = (int) ((i * 7_919L) % 10_000);
                assertEquals(
                        "t-" + task,
                        pages.task("validation-1", task / JobStore.PAGE, "t-" + task)
                                .id());
            }
        }

        assertEquals(50, reads);
    }

    @Test
    void whatWasNotUsedForLongestGoesFirst() {
        planned("validation-1", 3);
        PlanPages pages = new PlanPages(jobs, 2 * 400);
        pages.task("validation-1", 0, "t-0");
        pages.task("validation-1", 1, "t-200");
        pages.task("validation-1", 0, "t-1");
        pages.task("validation-1", 2, "t-400");
        assertEquals(3, reads);

        pages.task("validation-1", 0, "t-2");
        assertEquals(3, reads);
        pages.task("validation-1", 1, "t-201");
        assertEquals(4, reads);
    }

    @Test
    void aPageThatIsTooLargeIsUsedAllTheSame() {
        planned("validation-1", 1);
        PlanPages pages = new PlanPages(jobs, 10);

        pages.task("validation-1", 0, "t-0");
        pages.task("validation-1", 0, "t-1");

        assertEquals(1, reads);
    }

    @Test
    void aTaskThatIsNotThereIsNamed() {
        planned("validation-1", 1);
        PlanPages pages = new PlanPages(jobs, PlanPages.MOST);

        IllegalStateException missing =
                assertThrows(IllegalStateException.class, () -> pages.task("validation-1", 0, "t-900"));
        assertEquals("page 0 of the plan of validation-1 has no task t-900", missing.getMessage());
    }
}
