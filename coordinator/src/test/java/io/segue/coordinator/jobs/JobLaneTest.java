package io.segue.coordinator.jobs;

import static io.segue.coordinator.jobs.ScriptedKind.ending;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.TextNode;
import io.segue.coordinator.jobs.JobJournal.SupersededException;
import io.segue.coordinator.jobs.KindOfJob.Planning;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobRequest;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class JobLaneTest {
    private static final String ID = "validation-1";
    private static final JobCommand PAUSE = new JobCommand.Pause("ada", 0);
    private static final JobCommand RESUME = new JobCommand.Resume("ada", 0);
    private static final JobCommand CANCEL = new JobCommand.Cancel("ada", 0);

    private final JobStore jobs = new JobStore(new InMemoryObjectStore());
    private final ScriptedKind kind = new ScriptedKind(jobs);
    private List<String> trouble = List.of();
    private boolean over;

    JobLaneTest() {
        jobs.submit(new JobRequest(1, ID, JobKind.VALIDATION, 5, "ada", "mode: restore", Map.of()));
    }

    private JobLane lane(int epoch) {
        Term term = new Term(
                jobs, Term.kinds(kind), epoch, "c-" + epoch, new ManualTime(), () -> StoreFinding.trouble(trouble));
        return new JobLane(term, kind, jobs.request(ID).orElseThrow(), new ReentrantLock(), () -> over);
    }

    private JobHistory history() {
        return JobHistory.of(jobs.journal(ID).events());
    }

    private void command(JobCommand... commands) {
        var log = jobs.commands(ID);
        List.of(commands).forEach(log::append);
    }

    private List<String> happened() {
        List<String> all = new ArrayList<>();
        kind.happened.drainTo(all);
        return all;
    }

    @Test
    void aJobIsPlannedRunAndMarkedAsEnded() throws InterruptedException {
        JobLane lane = lane(3);

        assertEquals(Optional.empty(), lane.run());

        assertEquals(List.of("plan " + ID, "run " + ID, "close " + ID), happened());
        assertEquals(JobState.COMPLETED, history().state());
        assertEquals(3, history().epoch());
        assertEquals(List.of(), jobs.open());
        JobView view = lane.tracker().view();
        assertEquals(JobState.COMPLETED, view.state());
        assertEquals(0, view.outcome() == null ? -1 : view.outcome().exitCode());
    }

    @Test
    void aRefusalEndsItWithItsReasons() throws InterruptedException {
        kind.planning = new Planning.Refused(List.of("topic orders is not empty"));
        JobLane lane = lane(1);

        assertEquals(Optional.empty(), lane.run());

        assertEquals(JobState.FAILED, history().state());
        JobView.Outcome outcome = lane.tracker().view().outcome();
        assertEquals(new JobView.Outcome(2, List.of("topic orders is not empty"), null), outcome);
    }

    @Test
    void aDryRunAnswersAndChangesNothing() throws InterruptedException {
        kind.planning = new Planning.Answered(TextNode.valueOf("the plan"));
        JobLane lane = lane(1);

        lane.run();

        assertEquals(JobState.COMPLETED, history().state());
        assertEquals(
                new JobView.Outcome(0, List.of(), TextNode.valueOf("the plan")),
                lane.tracker().view().outcome());
        assertEquals(List.of("plan " + ID), happened());
    }

    @Test
    void aPauseStopsItAndAResumeGoesOn() throws InterruptedException {
        JobLane lane = lane(1);
        kind.runs.add((journal, listener, stopped) -> {
            command(PAUSE);
            lane.stop();
            return ScriptedKind.untilStopped().of(journal, listener, stopped);
        });

        assertEquals(Optional.empty(), lane.run());
        assertEquals(JobState.PAUSED, history().state());
        assertEquals(1, lane.obeyed());
        assertEquals(List.of(ID), jobs.open(), "a paused job may be resumed");
        assertEquals(Optional.empty(), lane(2).run(), "a new leader leaves it paused");
        assertEquals(JobState.PAUSED, history().state());

        command(RESUME);
        lane(2).run();

        assertEquals(JobState.COMPLETED, history().state());
        assertEquals(2, history().commands());
    }

    @Test
    void aCommandThatTheLastLeaderDidNotSeeToIsSeenTo() throws InterruptedException {
        JobJournal.lead(jobs.journal(ID), 1, "c-1", 0).append(new JobEvent.Interrupted(1, "stopped on request"));
        command(PAUSE);

        lane(2).run();

        assertEquals(JobState.PAUSED, history().state());
        assertEquals(List.of(), happened());
    }

    @Test
    void aCancelIsForGood() throws InterruptedException {
        command(CANCEL);
        lane(1).run();
        assertEquals(JobState.CANCELLED, history().state());
        assertEquals(List.of(), jobs.open());

        command(RESUME);
        lane(1).run();

        assertEquals(JobState.CANCELLED, history().state());
        assertEquals(List.of(), happened());
    }

    @Test
    void aPartlyCompletedJobGoesOnWhenItIsToldTo() throws InterruptedException {
        kind.runs.add(ending(JobState.COMPLETED_PARTLY));
        lane(1).run();
        assertEquals(JobState.COMPLETED_PARTLY, history().state());

        lane(2).run();
        assertEquals(JobState.COMPLETED_PARTLY, history().state(), "not by itself");
        assertEquals(1, history().epoch(), "a new leader does not even open it");
        command(new JobCommand.RetryFailed("ada", 0, List.of("orders-1")));
        lane(2).run();

        assertEquals(JobState.COMPLETED, history().state());
        assertEquals(List.of("orders-1"), history().retried());
    }

    @Test
    void whatAnotherLeaderSawOfAnEndedJobIsShown() throws InterruptedException {
        kind.runs.add((journal, listener, stopped) -> {
            listener.phase("Phase 1: Read");
            listener.expected(250, 9_000);
            listener.advanced(250, 8_000);
            listener.tasks(3, 3, 0, 0);
            return ending(JobState.COMPLETED).of(journal, listener, stopped);
        });
        JobLane first = lane(1);
        first.run();
        JobView.Progress seen = first.tracker().view().progress();
        assertEquals(250, seen.recordsDone());
        assertEquals(Optional.of(seen), JobViews.lastProgress(jobs, ID));

        command(new JobCommand.Thaw("ada", 0, true));
        JobLane next = lane(2);
        next.run();

        assertEquals(seen, next.tracker().view().progress());
        assertEquals(Optional.of(seen), JobViews.lastProgress(jobs, ID));
    }

    @Test
    void anEndedJobIsThawed() throws InterruptedException {
        kind.runs.add(ending(JobState.COMPLETED_PARTLY));
        lane(1).run();
        happened();
        command(new JobCommand.Thaw("ada", 0, true));

        lane(1).run();

        assertEquals(List.of("thaw true", "close " + ID), happened());
        assertEquals(JobState.COMPLETED, history().state());
        assertEquals(1, history().commands());
    }

    @Test
    void aJobThatWasNeverPlannedIsNotThawedAndThatIsTheEndOfIt() throws InterruptedException {
        kind.planning = new Planning.Refused(List.of("topic orders is not empty"));
        lane(1).run();
        command(new JobCommand.Thaw("ada", 0, true));
        JobLane lane = lane(1);

        assertEquals(Optional.empty(), lane.run());

        assertEquals(1, lane.obeyed());
        assertTrue(lane.tracker().view().log().lines().contains("  not thawed: it was never planned"));
    }

    @Test
    void whatMayPassIsTriedAgainAndThenLeftToPeople() throws InterruptedException {
        JobLane lane = lane(1);
        int tries = 0;
        Optional<Duration> pause = Optional.of(Duration.ZERO);
        while (pause.isPresent()) {
            kind.runs.add((journal, listener, stopped) -> {
                throw new KafkaFailure("the target does not answer", true, null);
            });
            pause = lane.run();
            tries++;
        }

        assertEquals(6, tries);
        assertEquals(
                new JobStanding.Paused("the target does not answer"), history().standing());
    }

    @Test
    void whileThereIsProgressItIsTriedOn() throws InterruptedException {
        JobLane lane = lane(1);
        for (int i = 0; i < 20; i++) {
            kind.runs.add((journal, listener, stopped) -> {
                listener.advanced(1, 1);
                throw new KafkaFailure("the target does not answer", true, null);
            });
            assertTrue(lane.run().isPresent());
        }
    }

    @Test
    void whatCannotPassWaitsForPeople() throws InterruptedException {
        kind.runs.add((journal, listener, stopped) -> {
            throw new IllegalStateException("a bug");
        });

        assertEquals(Optional.empty(), lane(1).run());

        assertEquals(JobState.PAUSED, history().state());
    }

    @Test
    void aStaleLeaderLetsGo() throws InterruptedException {
        kind.runs.add((journal, listener, stopped) -> {
            JobJournal.lead(jobs.journal(ID), 2, "c-2", 0);
            return ending(JobState.COMPLETED).of(journal, listener, stopped);
        });
        JobLane stale = lane(1);

        assertThrows(SupersededException.class, stale::run);
        assertThrows(SupersededException.class, stale::run, "it does not get it back");

        assertFalse(history().state().ended());
        lane(2).run();
        assertEquals(JobState.COMPLETED, history().state());
    }

    @Test
    void whatFailsBecauseTheTermIsOverIsNotJournaled() {
        kind.runs.add((journal, listener, stopped) -> {
            over = true;
            throw new JobRefusedException("interrupted in the middle of a request");
        });

        assertThrows(InterruptedException.class, () -> lane(1).run());

        assertEquals(JobState.RUNNING, history().state());
    }

    @Test
    void aJobWaitsForWorkersThatSeeTheSameStore() throws InterruptedException {
        JobLane lane = lane(1);
        trouble = List.of("worker w-1 does not see it");

        assertTrue(lane.run().isPresent());
        assertEquals(List.of("plan " + ID), happened());
        assertTrue(lane.tracker().view().log().lines().contains("  worker w-1 does not see it"));

        trouble = List.of();
        lane.run();
        assertEquals(JobState.COMPLETED, history().state());
    }
}
