package io.segue.coordinator.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.jobs.Jobs.CommandReply;
import io.segue.coordinator.jobs.Jobs.Readiness;
import io.segue.coordinator.jobs.Jobs.Submission;
import io.segue.protocol.config.ConfigLoader;
import io.segue.protocol.config.LocalFiles;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.view.FleetReport;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredJobsTest {
    private static final String CONFIG = """
            mode: restore
            backup_id: b1
            target: {bootstrap_servers: [t:9092]}
            storage: {backend: s3, bucket: b, access_key: "${KEY}", secret_key: "${KEY}"}
            """;
    private static final JobCommand PAUSE = new JobCommand.Pause("ada", 0);
    private static final JobCommand RESUME = new JobCommand.Resume("ada", 0);
    private static final JobCommand CANCEL = new JobCommand.Cancel("ada", 0);

    private final JobStore store = new JobStore(new InMemoryObjectStore());
    private final ManualTime time = new ManualTime();
    private final ViewBoard board = new ViewBoard(time);
    private final List<String> woken = new ArrayList<>();
    private final Jobs jobs = new StoredJobs(
            store,
            ConfigLoader.ofSubmissions(Map.of("KEY", "x"), LocalFiles.ofThisMachine()),
            time,
            board,
            new StoredJobs.FleetSight() {
                @Override
                public FleetReport report(FleetReport.Activity activity) {
                    return new FleetReport(1, "c-1", null, List.of(), activity);
                }

                @Override
                public Readiness readiness() {
                    return new Readiness(true, true, false);
                }
            },
            woken::add);

    private static JobSubmission restore(String config, String key) {
        return new JobSubmission(
                JobKind.RESTORE, config, Map.of(), "ada", key.isEmpty() ? Optional.empty() : Optional.of(key));
    }

    private JobView accepted(JobSubmission submission, boolean created) {
        Submission.Accepted accepted = assertInstanceOf(Submission.Accepted.class, jobs.submit(submission));
        assertEquals(created, accepted.created());
        return accepted.view();
    }

    @Test
    void aSubmissionIsStoredAsItWasWrittenAndTheLeaderWoken() {
        JobView view = accepted(restore(CONFIG, ""), true);

        assertEquals(JobState.PLANNED, view.state());
        assertEquals(List.of(view.jobId()), woken);
        assertEquals(List.of(view.jobId()), store.open());
        assertEquals(CONFIG, store.request(view.jobId()).orElseThrow().config(), "no variable is replaced");
    }

    @Test
    void oneKeyIsOneJob() {
        JobView first = accepted(restore(CONFIG, "k"), true);
        time.advance(Duration.ofMinutes(1));
        assertEquals(first.jobId(), accepted(restore(CONFIG, "k"), false).jobId());

        Submission other = jobs.submit(restore(CONFIG.replace("b1", "b2"), "k"));

        assertEquals(new Submission.Conflict(first.jobId()), other);
        assertEquals(1, jobs.list(10).size());
    }

    @Test
    void secretsInPlainTextAreRefusedAndNothingIsStored() {
        Submission.Refused refused = assertInstanceOf(
                Submission.Refused.class, jobs.submit(restore(CONFIG.replace("\"${KEY}\"", "hunter2"), "")));

        assertEquals(2, refused.problems().size());
        assertEquals("storage.access_key", refused.problems().get(0).key());
        assertEquals(List.of(), store.submitted());
    }

    @Test
    void theNewestJobsComeFirst() {
        String first = accepted(restore(CONFIG, "k1"), true).jobId();
        time.advance(Duration.ofSeconds(1));
        String second = accepted(restore(CONFIG, "k2"), true).jobId();

        assertEquals(
                List.of(second, first),
                jobs.list(10).stream().map(JobView::jobId).toList());
        assertEquals(List.of(second), jobs.list(1).stream().map(JobView::jobId).toList());
    }

    @Test
    void commandsAreStoredOnceTheyMakeSense() {
        String id = accepted(restore(CONFIG, "k"), true).jobId();
        woken.clear();

        assertRefused(jobs.command(id, RESUME), "nothing to go on with");
        assertEquals(new CommandReply.Stored(1), jobs.command(id, PAUSE));
        assertRefused(jobs.command(id, PAUSE), "nothing to pause");
        assertEquals(new CommandReply.Stored(2), jobs.command(id, RESUME), "it will be paused by then");
        assertEquals(new CommandReply.Stored(3), jobs.command(id, CANCEL));
        assertRefused(jobs.command(id, RESUME), "cancelled");
        assertRefused(jobs.command(id, CANCEL), "nothing to cancel");
        assertEquals(List.of(id, id, id), woken);
        assertEquals(new CommandReply.Unknown(), jobs.command("restore-0", PAUSE));
        assertEquals(new CommandReply.Unknown(), jobs.command("../../etc", PAUSE));
    }

    @Test
    void anEndedJobIsOpenAgainOnceSomethingIsAskedOfIt() {
        String id = accepted(restore(CONFIG, "k"), true).jobId();
        JobJournal.lead(store.journal(id), 1, "c-1", 0)
                .append(new JobEvent.Finished(JobState.COMPLETED_PARTLY, "2 of 3", 9));
        store.markEnded(id);
        assertEquals(List.of(), store.open());
        assertRefused(jobs.command(id, PAUSE), "completed partly");

        assertEquals(new CommandReply.Stored(1), jobs.command(id, new JobCommand.RetryFailed("ada", 0, List.of())));

        assertEquals(List.of(id), store.open());
    }

    private static void assertRefused(CommandReply reply, String why) {
        CommandReply.Refused refused = assertInstanceOf(CommandReply.Refused.class, reply);
        assertTrue(refused.reason().contains(why), refused::reason);
    }

    @Test
    void whatALeaderSaysIsShownWhileItIsFreshAndThenWhatTheStoreSays() {
        String id = accepted(restore(CONFIG, "k"), true).jobId();
        JobTracker tracker = new JobTracker(store.request(id).orElseThrow(), 1);
        JobJournal journal = JobJournal.lead(store.journal(id), 1, "c-1", 0);
        tracker.stands(journal.history(), null);
        tracker.phase("Phase 1: Restore Data");
        tracker.advanced(70, 700);
        board.hear(tracker.view());

        JobView live = jobs.find(id).orElseThrow();
        assertEquals(JobState.RUNNING, live.state());
        assertEquals(70, live.progress().recordsDone());

        journal.append(new JobEvent.Finished(JobState.COMPLETED, "all", 9));
        time.advance(Duration.ofSeconds(6));
        JobView stored = jobs.find(id).orElseThrow();

        assertEquals(JobState.COMPLETED, stored.state());
        assertEquals(List.of("Phase 1: Restore Data"), stored.log().lines());
        assertEquals(0, stored.outcome() == null ? -1 : stored.outcome().exitCode());
        assertEquals(Optional.empty(), jobs.find("restore-0"));
    }

    @Test
    void followersHearOfTheirJobUntilTheyClose() {
        String id = accepted(restore(CONFIG, "k"), true).jobId();
        String other = accepted(restore(CONFIG, "k2"), true).jobId();
        JobView view = jobs.find(id).orElseThrow();
        List<JobView> heard = new ArrayList<>();
        Jobs.Following following = jobs.follow(id, heard::add);

        board.hear(view);
        board.hear(jobs.find(other).orElseThrow());
        following.close();
        board.hear(view);

        assertEquals(List.of(view), heard);
    }

    @Test
    void theFleetsActivityIsCountedFromViews() {
        String id = accepted(restore(CONFIG, "k"), true).jobId();
        JobTracker tracker = new JobTracker(store.request(id).orElseThrow(), 1);
        tracker.tasks(9, 3, 2, 1);
        tracker.advanced(10, 100);
        board.hear(tracker.view());
        tracker.advanced(5, 50);
        board.hear(tracker.view());

        assertEquals(
                new FleetReport.Activity(Map.of(JobState.PLANNED, 1), new JobView.Tasks(9, 3, 2, 1), 15, 150, 0),
                jobs.fleet().activity());
    }
}
