package io.segue.coordinator.jobs;

import io.segue.coordinator.jobs.Jobs.CommandReply.Stored;
import io.segue.coordinator.jobs.Jobs.CommandReply.Unknown;
import io.segue.coordinator.jobs.Jobs.Submission.Accepted;
import io.segue.coordinator.jobs.Jobs.Submission.Conflict;
import io.segue.protocol.config.ConfigLoader;
import io.segue.protocol.config.ConfigResult;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.view.FleetReport;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.job.view.JobView.Log;
import io.segue.protocol.job.view.JobView.Outcome;
import io.segue.protocol.job.view.JobView.Progress;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.MappingDocument;
import io.segue.protocol.mapping.PeerRestoreReportJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Jobs in memory: a test plays the leader. */
public final class FakeJobs implements Jobs {
    private final TreeMap<String, JobView> views = new TreeMap<>();
    private final Map<String, JobSubmission> submissions = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, List<JobCommand>> commands = new HashMap<>();
    private final Map<String, Collection<Consumer<JobView>>> followers = new ConcurrentHashMap<>();
    private final Map<String, MappingBundle> mappings = new HashMap<>();
    private final Map<String, String> environment;
    private @Nullable RuntimeException failure;
    private Readiness readiness = new Readiness(true, true, true);
    private FleetReport fleet =
            new FleetReport(FleetReport.VERSION, "coordinator-1", null, List.of(), FleetReport.Activity.NONE);
    private Consumer<JobView> onSubmit = view -> {};
    private UnaryOperator<CommandReply> onCommand = UnaryOperator.identity();

    /** @param environment of the coordinators, for the variables of configurations */
    public FakeJobs(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** From now on every call fails with this; null: none does. */
    public synchronized void failWith(@Nullable RuntimeException failing) {
        failure = failing;
    }

    public synchronized void readiness(Readiness now) {
        readiness = now;
    }

    public synchronized void fleet(FleetReport now) {
        fleet = now;
    }

    /** What happens to each new job; on the thread of the submission. */
    public synchronized void onSubmit(Consumer<JobView> played) {
        onSubmit = played;
    }

    /** What is answered to a command in place of what would be. */
    public synchronized void onCommand(UnaryOperator<CommandReply> answer) {
        onCommand = answer;
    }

    public void mapping(String jobId, MappingDocument mapping) {
        mapping(jobId, new MappingBundle(jobId, mapping, Map.of(), List.of(), Optional.empty()));
    }

    public synchronized void mapping(String jobId, MappingBundle mapping) {
        mappings.put(jobId, mapping);
    }

    public synchronized JobSubmission submission(String jobId) {
        return Optional.ofNullable(submissions.get(jobId)).orElseThrow();
    }

    public synchronized List<JobCommand> commands(String jobId) {
        return List.copyOf(commands.getOrDefault(jobId, List.of()));
    }

    public synchronized List<String> ids() {
        return List.copyOf(views.keySet());
    }

    /** Clients that follow a job. */
    public int followers(String jobId) {
        return followers.getOrDefault(jobId, List.of()).size();
    }

    /** Makes a view the present one without publishing it. */
    public synchronized void put(JobView view) {
        views.put(view.jobId(), view);
    }

    /** Publishes a view as the leader does. */
    public void publish(JobView view) {
        put(view);
        followers.getOrDefault(view.jobId(), List.of()).forEach(follower -> follower.accept(view));
    }

    /** A view like another one, further on. */
    public static JobView with(
            JobView view, JobState state, int commands, Progress progress, Log log, @Nullable Outcome outcome) {
        return new JobView(
                view.version(),
                view.jobId(),
                view.kind(),
                state,
                view.submittedAt(),
                1_700_000_001_000L,
                commands,
                progress,
                log,
                outcome);
    }

    @Override
    public Submission submit(JobSubmission submission) {
        JobView view;
        Consumer<JobView> played;
        synchronized (this) {
            throwFailure();
            ConfigResult config = new ConfigLoader(environment).load("config", submission.config());
            if (config instanceof ConfigResult.Refused refused) {
                return new Submission.Refused(refused.errors());
            }
            String known = submission.idempotencyKey().map(keys::get).orElse(null);
            if (known != null) {
                JobSubmission other = submission(known);
                boolean same = other.kind() == submission.kind()
                        && other.config().equals(submission.config())
                        && other.options().equals(submission.options());
                return same ? new Accepted(find(known).orElseThrow(), false) : new Conflict(known);
            }
            String id = submission.kind().word() + "-" + (submissions.size() + 1);
            submission.idempotencyKey().ifPresent(key -> keys.put(key, id));
            submissions.put(id, submission);
            view = new JobView(
                    JobView.VERSION,
                    id,
                    submission.kind(),
                    JobState.PLANNED,
                    1_700_000_000_000L + submissions.size(),
                    null,
                    0,
                    Progress.NONE,
                    Log.NONE,
                    null);
            put(view);
            played = onSubmit;
        }
        played.accept(view);
        return new Accepted(view, true);
    }

    @Override
    public synchronized List<JobView> list(int most) {
        throwFailure();
        return views.descendingMap().values().stream().limit(most).toList();
    }

    @Override
    public synchronized Optional<JobView> find(String jobId) {
        throwFailure();
        return Optional.ofNullable(views.get(jobId));
    }

    @Override
    public synchronized CommandReply command(String jobId, JobCommand command) {
        throwFailure();
        if (!views.containsKey(jobId)) {
            return new Unknown();
        }
        List<JobCommand> log = commands.computeIfAbsent(jobId, any -> new ArrayList<>());
        log.add(command);
        return onCommand.apply(new Stored(log.size()));
    }

    @Override
    public synchronized Optional<MappingBundle> mapping(String jobId) {
        throwFailure();
        return Optional.ofNullable(mappings.get(jobId));
    }

    @Override
    public synchronized Optional<PeerRestoreReportJson.Report> restoreReport(String jobId) {
        return mapping(jobId).map(mapping -> new PeerRestoreReportJson.Report("b1", 1_000, 3_000, List.of(), mapping));
    }

    @Override
    public synchronized List<JobView> restored(String targetClusterId, Set<String> topics, int most) {
        return list(Integer.MAX_VALUE).stream()
                .filter(view -> Optional.ofNullable(mappings.get(view.jobId()))
                        .filter(mapping ->
                                targetClusterId.equals(mapping.document().targetClusterId()))
                        .filter(mapping -> topics.isEmpty()
                                || mapping.document().mappings().stream()
                                        .anyMatch(one ->
                                                topics.contains(one.target().topic())))
                        .isPresent())
                .limit(most)
                .toList();
    }

    @Override
    public Following follow(String jobId, Consumer<JobView> consumer) {
        Collection<Consumer<JobView>> all = followers.computeIfAbsent(jobId, any -> new CopyOnWriteArrayList<>());
        all.add(consumer);
        return () -> all.remove(consumer);
    }

    @Override
    public synchronized FleetReport fleet() {
        throwFailure();
        return fleet;
    }

    @Override
    public synchronized Readiness readiness() {
        return readiness;
    }

    private void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}
