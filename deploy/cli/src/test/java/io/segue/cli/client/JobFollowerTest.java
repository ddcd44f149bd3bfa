package io.segue.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.ExitCode;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.time.ManualTime;
import io.segue.protocol.time.Time;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Following over real connections that are lost. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class JobFollowerTest {
    private static final String JOB = "restore-1";

    private final TestingFleet fleet;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final JobFollower follower;

    JobFollowerTest() throws Exception {
        fleet = new TestingFleet();
        follower = new JobFollower(
                new CoordinatorClient(Coordinators.parse(fleet.urls()), Time.system()), Time.system(), stopped::get);
    }

    @AfterEach
    void close() throws Exception {
        fleet.close();
    }

    private static class Heard implements JobFollower.Listener {
        final List<String> lines = new ArrayList<>();
        final List<String> losses = new ArrayList<>();

        @Override
        public void view(JobView view) {}

        @Override
        public void line(String line) {
            lines.add(line);
        }

        @Override
        public void lost(String why) {
            losses.add(why);
        }
    }

    @Test
    void aLostCoordinatorIsReplacedByTheNextWithoutLosingOrRepeatingALine() throws Exception {
        fleet.jobs().put(TestingFleet.running(JOB, "one"));
        Heard heard = new Heard() {
            @Override
            public void line(String line) {
                super.line(line);
                if (line.equals("one")) {
                    fleet.jobs().put(TestingFleet.running(JOB, "one", "two"));
                    stopFirst();
                } else if (line.equals("two")) {
                    fleet.jobs().publish(TestingFleet.completed(JOB, 0, null, "one", "two", "three"));
                }
            }
        };

        Optional<JobView> end = follower.follow(JOB, 0, heard);

        assertEquals(List.of("one", "two", "three"), heard.lines);
        assertEquals(1, heard.losses.size());
        assertTrue(end.orElseThrow().state().ended());
    }

    private void stopFirst() {
        try {
            fleet.stop(0);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoIsStoppedLeavesTheJobAlone() throws Exception {
        fleet.jobs().put(TestingFleet.running(JOB, "one"));
        Heard heard = new Heard() {
            @Override
            public void line(String line) {
                stopped.set(true);
            }
        };

        assertEquals(Optional.empty(), follower.follow(JOB, 0, heard));
        assertEquals(List.of(), fleet.jobs().commands(JOB));
    }

    @Test
    void anEndFromBeforeTheCommandIsNotBelieved() throws Exception {
        fleet.jobs().put(TestingFleet.completed(JOB, 0, null, "old"));
        Heard heard = new Heard() {
            @Override
            public void line(String line) {
                super.line(line);
                fleet.jobs().publish(TestingFleet.completed(JOB, 1, null, "old"));
            }
        };

        assertEquals(1, follower.follow(JOB, 1, heard).orElseThrow().commands());
    }

    /** Nobody would hear anything more of it. */
    @Test
    void aJobThatWaitsForSomebodyIsFollowedUpToThere() throws Exception {
        fleet.jobs().put(TestingFleet.view(JOB, JobKind.RESTORE, JobState.PAUSED, 1, List.of("no answer"), null));
        Heard heard = new Heard();

        JobView end = follower.follow(JOB, 1, heard).orElseThrow();

        assertEquals(JobState.PAUSED, end.state());
        assertEquals(List.of("no answer"), heard.lines);
    }

    @Test
    void aPauseFromBeforeTheCommandIsNotBelieved() throws Exception {
        fleet.jobs().put(TestingFleet.view(JOB, JobKind.RESTORE, JobState.PAUSED, 1, List.of("old"), null));
        Heard heard = new Heard() {
            @Override
            public void line(String line) {
                super.line(line);
                fleet.jobs().publish(TestingFleet.completed(JOB, 2, null, "old"));
            }
        };

        assertEquals(
                JobState.COMPLETED, follower.follow(JOB, 2, heard).orElseThrow().state());
    }

    @Test
    void aJobThatIsNotThereIsSaid() {
        FleetFailure failure = assertThrows(FleetFailure.class, () -> follower.follow("restore-none", 0, new Heard()));

        assertEquals(ExitCode.USAGE, failure.exitCode());
        assertTrue(String.valueOf(failure.getMessage()).contains("there is no job restore-none"));
    }

    @Test
    void withoutAnyCoordinatorItGivesUpInTheEndAndSaysThatTheJobGoesOn() {
        ManualTime time = new ManualTime();
        Coordinators nobody = new Coordinators(List.of(URI.create("http://127.0.0.1:1")));
        JobFollower alone = new JobFollower(new CoordinatorClient(nobody, time), time, () -> false);

        FleetFailure failure = assertThrows(FleetFailure.class, () -> alone.follow(JOB, 0, new Heard()));

        assertEquals(ExitCode.INTERRUPTED, failure.exitCode());
        assertTrue(String.valueOf(failure.getMessage()).contains("kafka-backup jobs follow " + JOB));
        assertTrue(time.nanos() > TimeUnit.MINUTES.toNanos(4), "minutes of patience");
    }

    @Test
    void aRequestThatNobodyAnswersEndsToo() {
        ManualTime time = new ManualTime();
        CoordinatorClient client =
                new CoordinatorClient(new Coordinators(List.of(URI.create("http://127.0.0.1:1"))), time);

        FleetFailure failure = assertThrows(FleetFailure.class, () -> client.get("/v1/jobs"));

        assertEquals(ExitCode.FAILED, failure.exitCode());
        assertTrue(String.valueOf(failure.getMessage()).contains("http://127.0.0.1:1"));
    }
}
