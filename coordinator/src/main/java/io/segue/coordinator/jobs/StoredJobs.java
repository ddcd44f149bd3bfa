package io.segue.coordinator.jobs;

import io.segue.coordinator.jobs.JobStanding.Active;
import io.segue.coordinator.jobs.JobStanding.Ended;
import io.segue.coordinator.jobs.JobStanding.Paused;
import io.segue.coordinator.jobs.Jobs.CommandReply;
import io.segue.protocol.config.ConfigLoader;
import io.segue.protocol.config.ConfigResult;
import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobIds;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobRequest;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.view.FleetReport;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.store.ObjectStore.PutResult;
import io.segue.protocol.time.Time;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The jobs of a fleet out of the durable store and of what leaders publish. */
public final class StoredJobs implements Jobs {
    private static final int TRIES = 16;
    private static final int MAX_TIMES = 100_000;

    private final JobStore jobs;
    private final ConfigLoader submissions;
    private final RestoreMappings mappings;
    private final Time time;
    private final ViewBoard board;
    private final FleetSight fleet;
    private final Consumer<String> wake;
    private final Map<String, Long> submittedAt = new ConcurrentHashMap<>();

    /** What a coordinator sees of the fleet. */
    public interface FleetSight {
        FleetReport report(FleetReport.Activity activity);

        Readiness readiness();
    }

    /**
     * @param submissions loads configurations that will be stored
     * @param wake told of a job about which something was stored
     */
    public StoredJobs(
            JobStore jobs,
            ConfigLoader submissions,
            RestoreMappings mappings,
            Time time,
            ViewBoard board,
            FleetSight fleet,
            Consumer<String> wake) {
        this.jobs = jobs;
        this.submissions = submissions;
        this.mappings = mappings;
        this.time = time;
        this.board = board;
        this.fleet = fleet;
        this.wake = wake;
    }

    @Override
    public Submission submit(JobSubmission asked) {
        Optional<JobSubmission> whole = whole(asked);
        return whole.isPresent() ? submitWhole(whole.get()) : new Submission.Unknown(verified(asked));
    }

    /** A verification uses the configuration of the restore that it is about; empty if there is none. */
    private Optional<JobSubmission> whole(JobSubmission asked) {
        return asked.kind() == JobKind.VERIFICATION
                ? known(verified(asked))
                        .filter(restore -> restore.kind() == JobKind.RESTORE)
                        .map(restore -> asked.withConfig(restore.config()))
                : Optional.of(asked);
    }

    private static String verified(JobSubmission asked) {
        return asked.options().getOrDefault("job", "");
    }

    private Submission submitWhole(JobSubmission submission) {
        if (submissions.load("config", submission.config()) instanceof ConfigResult.Refused refused) {
            return new Submission.Refused(refused.errors());
        }
        for (int i = 0; i < TRIES; i++) {
            JobRequest request = request(submission);
            if (jobs.submit(request) == PutResult.WRITTEN) {
                wake.accept(request.jobId());
                return new Submission.Accepted(stored(request), true);
            }
            if (submission.idempotencyKey().isPresent()) {
                return alreadyThere(request);
            }
        }
        throw new IllegalStateException("no free job id was found");
    }

    private JobRequest request(JobSubmission submission) {
        long now = time.wallMillis();
        String id = submission
                .idempotencyKey()
                .map(key -> JobIds.forKey(submission.kind(), key))
                .orElseGet(() -> JobIds.at(submission.kind(), now));
        return new JobRequest(
                1, id, submission.kind(), now, submission.submittedBy(), submission.config(), submission.options());
    }

    private Submission alreadyThere(JobRequest request) {
        JobRequest there = jobs.request(request.jobId()).orElseThrow();
        if (!there.asksFor(request)) {
            return new Submission.Conflict(request.jobId());
        }
        wake.accept(request.jobId());
        return new Submission.Accepted(stored(there), false);
    }

    @Override
    public List<JobView> list(int limit) {
        return views(newestFirst().limit(limit));
    }

    @Override
    public List<JobView> restored(String targetClusterId, Set<String> topics, int most) {
        return views(newestFirst()
                .filter(id -> mappings.restored(id, targetClusterId, topics))
                .limit(most));
    }

    private Stream<String> newestFirst() {
        record Aged(String id, long submittedAt) {}
        return jobs.submitted().stream()
                .flatMap(id -> submittedAt(id).map(at -> new Aged(id, at)).stream())
                .sorted(Comparator.comparingLong(Aged::submittedAt).reversed())
                .map(Aged::id);
    }

    private List<JobView> views(Stream<String> ids) {
        return ids.flatMap(id -> find(id).stream()).map(JobView::withoutLog).toList();
    }

    /** It never changes; a request may be large, so that only this is kept. */
    private Optional<Long> submittedAt(String jobId) {
        Long known = submittedAt.get(jobId);
        Optional<Long> found = known == null ? known(jobId).map(JobRequest::submittedAt) : Optional.of(known);
        if (submittedAt.size() < MAX_TIMES) {
            found.ifPresent(at -> submittedAt.put(jobId, at));
        }
        return found;
    }

    @Override
    public Optional<JobView> find(String jobId) {
        Optional<JobView> fresh = board.fresh(jobId);
        return fresh.isPresent() ? fresh : known(jobId).map(this::stored);
    }

    /** Empty also for what is no id at all. */
    private Optional<JobRequest> known(String jobId) {
        try {
            return jobs.request(jobId);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The store says where the job stands; what a leader has said of it meanwhile is shown with it. */
    private JobView stored(JobRequest request) {
        JobHistory history = JobHistory.of(jobs.journal(request.jobId()).events());
        Optional<JobView> last = board.newest(request.jobId());
        JobView.@Nullable Outcome outcome = JobViews.outcome(jobs, request.jobId(), history);
        return JobViews.of(
                request,
                history,
                Optional.ofNullable(outcome)
                        .flatMap(ended -> JobViews.lastProgress(jobs, request.jobId()))
                        .or(() -> last.map(JobView::progress))
                        .orElse(JobView.Progress.NONE),
                last.map(JobView::log).orElse(JobView.Log.NONE),
                outcome);
    }

    @Override
    public CommandReply command(String jobId, JobCommand command) {
        if (known(jobId).isEmpty()) {
            return new CommandReply.Unknown();
        }
        EventLog<JobCommand> log = jobs.commands(jobId);
        for (int i = 0; i < TRIES; i++) {
            Optional<String> refusal = refusal(asObeyed(jobId, log.events()), command);
            if (refusal.isEmpty() && command instanceof JobCommand.Rebuild rebuild) {
                refusal = Rebuilds.refusal(jobs.tasks(jobId, JobTask.class), rebuild.places());
            }
            if (refusal.isPresent()) {
                return new CommandReply.Refused("job " + jobId + " " + refusal.get());
            }
            if (log.append(command) == EventLog.Appended.DONE) {
                jobs.markOpen(jobId);
                wake.accept(jobId);
                return new CommandReply.Stored(log.events().size());
            }
            log.refresh();
        }
        return new CommandReply.Refused("job " + jobId + " is commanded by too many at once; try again");
    }

    /** Where the job will stand once it has seen to what it was commanded already. */
    private JobStanding asObeyed(String jobId, List<JobCommand> commands) {
        List<JobEvent> events = new ArrayList<>(jobs.journal(jobId).events());
        for (int i = JobHistory.of(events).commands(); i < commands.size(); i++) {
            events.add(new JobEvent.Obeyed(i + 1, commands.get(i)));
        }
        return JobHistory.of(events).standing();
    }

    private static Optional<String> refusal(JobStanding standing, JobCommand command) {
        boolean resumable = standing instanceof Paused || (standing instanceof Ended ended && ended.resumable());
        String state = standing.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (command instanceof JobCommand.Pause) {
            return standing.open() ? Optional.empty() : Optional.of("is " + state + ": there is nothing to pause");
        }
        if (command instanceof JobCommand.Cancel) {
            return standing instanceof Ended
                    ? Optional.of("is " + state + ": there is nothing to cancel")
                    : Optional.empty();
        }
        if (command instanceof JobCommand.Rebuild) {
            return standing instanceof Paused || (standing instanceof Ended end && end.rebuildable())
                    ? Optional.empty()
                    : Optional.of(
                            standing.open()
                                    ? "is " + state + ": pause it, or wait until it has ended"
                                    : "is " + state + ": nothing of it is restored again");
        }
        if (command instanceof JobCommand.Thaw) {
            return standing instanceof Ended
                    ? Optional.empty()
                    : Optional.of("is " + state + ": its topics are thawed when it ends");
        }
        return resumable
                ? Optional.empty()
                : Optional.of(
                        standing instanceof Active
                                ? "is " + state + " already"
                                : "is " + state + ": there is nothing to go on with");
    }

    @Override
    public Optional<MappingBundle> mapping(String jobId) {
        return known(jobId).flatMap(request -> mappings.of(jobId));
    }

    @Override
    public Following follow(String jobId, Consumer<JobView> views) {
        return board.follow(jobId, views);
    }

    @Override
    public FleetReport fleet() {
        return fleet.report(Activities.of(board));
    }

    @Override
    public Readiness readiness() {
        return fleet.readiness();
    }
}
