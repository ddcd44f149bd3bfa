package io.segue.coordinator.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobRequest;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.Time;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobRunnerTest {
    private final JobStore jobs = new JobStore(new InMemoryObjectStore());
    private final ScriptedKind kind = new ScriptedKind(jobs);
    private final BlockingQueue<JobView> views = new LinkedBlockingQueue<>();
    private final CountDownLatch superseded = new CountDownLatch(1);

    private JobRunner runner(int epoch) {
        Term term = new Term(jobs, Term.kinds(kind), epoch, "c-" + epoch, Time.system(), () -> StoreFinding.GOOD);
        return new JobRunner(term, views::add, superseded::countDown);
    }

    private void submit(String id, long at) {
        jobs.submit(new JobRequest(1, id, JobKind.VALIDATION, at, "ada", "mode: restore", Map.of()));
    }

    private JobView awaitView(String id, JobState state) throws InterruptedException {
        while (true) {
            JobView view = views.poll(30, TimeUnit.SECONDS);
            assertTrue(view != null, () -> id + " did not become " + state);
            if (view.jobId().equals(id) && view.state() == state) {
                return view;
            }
        }
    }

    @Test
    void whatIsSubmittedIsFoundRunAndShown() throws InterruptedException {
        JobRunner runner = runner(1);
        submit("validation-1", 1);
        runner.wake();

        JobView view = awaitView("validation-1", JobState.COMPLETED);

        assertEquals(0, view.outcome() == null ? -1 : view.outcome().exitCode());
        runner.close();
    }

    @Test
    void aFewAtATimeTheOldestFirst() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 9; i++) {
            submit("validation-" + i, 100 - i);
            kind.runs.add((journal, listener, stopped) -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
                running.decrementAndGet();
                return ScriptedKind.ending(JobState.COMPLETED).of(journal, listener, stopped);
            });
        }
        JobRunner runner = runner(1);
        awaitView("validation-0", JobState.COMPLETED);

        assertTrue(most.get() <= 4, () -> most + " at a time");
        String first = kind.happened.poll();
        assertTrue(String.valueOf(first).matches("plan validation-[5-8]"), () -> first + " is not among the oldest");
        runner.close();
    }

    @Test
    void aPauseReachesARunningJobAndAResumeAWaitingOne() throws InterruptedException {
        submit("validation-1", 1);
        kind.runs.add(ScriptedKind.untilStopped());
        JobRunner runner = runner(1);
        awaitView("validation-1", JobState.RUNNING);

        jobs.commands("validation-1").append(new JobCommand.Pause("ada", 0));
        runner.wake();
        assertEquals(1, awaitView("validation-1", JobState.PAUSED).commands());

        jobs.commands("validation-1").append(new JobCommand.Resume("ada", 0));
        runner.wake();
        assertEquals(2, awaitView("validation-1", JobState.COMPLETED).commands());
        runner.close();
    }

    @Test
    void aJobThatWaitsForItsTurnIsPausedAndCancelledAllTheSame() throws InterruptedException {
        for (int i = 0; i < 6; i++) {
            submit("validation-" + i, i);
            kind.runs.add(ScriptedKind.untilStopped());
        }
        JobRunner runner = runner(1);
        awaitView("validation-3", JobState.RUNNING);

        jobs.commands("validation-4").append(new JobCommand.Pause("ada", 0));
        runner.wake();
        awaitView("validation-4", JobState.PAUSED);
        jobs.commands("validation-5").append(new JobCommand.Cancel("ada", 0));
        runner.wake();
        awaitView("validation-5", JobState.CANCELLED);
        assertFalse(kind.happened.contains("plan validation-4"), kind.happened::toString);
        runner.close();
    }

    @Test
    void aJobOutlivesItsLeader() throws InterruptedException {
        submit("validation-1", 1);
        kind.runs.add((journal, listener, stopped) -> {
            new CountDownLatch(1).await();
            return JobState.FAILED;
        });
        JobRunner first = runner(1);
        awaitView("validation-1", JobState.RUNNING);
        first.close();
        assertEquals(
                JobState.RUNNING,
                JobHistory.of(jobs.journal("validation-1").events()).state());

        JobRunner second = runner(2);
        awaitView("validation-1", JobState.COMPLETED);
        second.close();
    }

    @Test
    void whoIsSupersededSaysSo() throws InterruptedException {
        submit("validation-1", 1);
        JobJournal.lead(jobs.journal("validation-1"), 2, "c-2", 0);
        JobRunner stale = runner(1);

        assertTrue(superseded.await(30, TimeUnit.SECONDS));
        stale.close();
    }
}
