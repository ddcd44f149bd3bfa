package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.MappedInStore;
import io.segue.protocol.job.TaskFragments;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Fragment.InputPosition;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.ManualTime;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.TaskJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MappingLogTest {
    private static final TopicPartition SOURCE = new TopicPartition("orders", 0);
    private static final ReadPosition SECOND_SEGMENT = new ReadPosition(5, List.of(new InputPosition(1, 9)));

    private final ManualTime time = new ManualTime();
    private final JobStore jobs = new JobStore(new InMemoryObjectStore());
    private final TaskJournal journal = journal();
    private final MappingLog log = new MappingLog(journal, 5, time, step -> {});

    private TaskJournal journal() {
        Granted grant = new Granted(1, "worker", "topic", 0, 0);
        EventLog<TaskEvent> events = jobs.taskLog("restore-1", "t-0");
        events.append(grant);
        return new TaskJournal(events, grant, time);
    }

    private List<Fragment> fragments() {
        List<TaskEvent> events = jobs.taskLog("restore-1", "t-0").events();
        List<Fragment> fragments = new ArrayList<>();
        new TaskFragments(jobs, "restore-1", "t-0", events).forEach(fragments::add);
        return fragments;
    }

    @Test
    void runsThatFollowOnOneAnotherAreOne() throws AttemptOver {
        log.add(SOURCE, new Run(10, 100, 2), () -> SECOND_SEGMENT);
        log.add(SOURCE, new Run(12, 102, 1), () -> SECOND_SEGMENT);
        log.add(SOURCE, new Run(13, 104, 1), () -> SECOND_SEGMENT);
        log.emit();

        assertEquals(
                List.of(Fragment.of(SOURCE, 5, List.of(new Run(10, 100, 3), new Run(13, 104, 1)), SECOND_SEGMENT)),
                fragments());
        assertEquals(9, log.end());
    }

    @Test
    void aFragmentBeginsWhereTheLastOneEnded() throws AttemptOver {
        log.add(SOURCE, new Run(10, 100, 2), () -> SECOND_SEGMENT);
        log.emit();
        log.add(SOURCE, new Run(12, 102, 1), () -> SECOND_SEGMENT);
        log.emit();

        assertEquals(
                List.of(5L, 7L),
                fragments().stream().map(Fragment::firstOrdinal).toList());
    }

    @Test
    void nothingIsWrittenForNothing() throws AttemptOver {
        log.emit();
        time.advance(Duration.ofMinutes(1));
        log.emitIfDue();

        assertEquals(List.of(), fragments());
    }

    @Test
    void fragmentsComeEveryFewSeconds() throws AttemptOver {
        log.add(SOURCE, new Run(10, 100, 2), () -> SECOND_SEGMENT);
        log.emitIfDue();
        assertEquals(0, fragments().size());

        time.advance(Duration.ofSeconds(5));
        log.emitIfDue();
        assertEquals(1, fragments().size());
    }

    /** However scattered the offsets are, a fragment stays of a size that a store takes at once. */
    @Test
    void aFragmentIsLimited() throws AttemptOver {
        for (int i = 0; i < 20_000; i++) {
            log.add(SOURCE, new Run(3L * i, i, 1), () -> SECOND_SEGMENT);
        }
        assertEquals(1, fragments().size());
        assertEquals(20_000, fragments().get(0).parts().get(0).runs().size());
        assertEquals(
                Optional.of(new MappedInStore(1, 5, 20_005, SECOND_SEGMENT)),
                journal.lastFragment(),
                "a log holds on to none of its runs");
    }
}
