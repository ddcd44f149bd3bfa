package io.segue.e2e.fleet;

import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.LeaderClaim;
import io.segue.protocol.job.ProbeTask;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.store.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What the durable store says of a fleet and its jobs: the tests read it, and never write to it. */
final class FleetState implements AutoCloseable {
    private final ObjectStore store;
    private final JobStore jobs;

    FleetState(String prefix) {
        this.store = SharedFleet.store(prefix);
        this.jobs = new JobStore(store);
    }

    String leader() {
        return jobs.leaderClaims().newest().map(LeaderClaim::coordinator).orElse("nobody");
    }

    int epoch() {
        return jobs.leaderClaims().newest().map(LeaderClaim::epoch).orElse(0);
    }

    /** Every grant of a job but that of its probe, in the order of time. */
    List<TaskEvent.Granted> grants(String jobId) {
        return events(jobId, TaskEvent.Granted.class).stream()
                .sorted(Comparator.comparingLong(TaskEvent.Granted::at))
                .toList();
    }

    <E extends TaskEvent> List<E> events(String jobId, Class<E> kind) {
        List<E> found = new ArrayList<>();
        List<JobTask> moving = new ArrayList<>(jobs.tasks(jobId, JobTask.class));
        moving.removeIf(ProbeTask.class::isInstance);
        for (JobTask task : moving) {
            jobs.taskLog(jobId, task.id()).events().stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .forEach(found::add);
        }
        return found;
    }

    /** Workers that hold an attempt now. */
    Set<String> busy(String jobId) {
        Set<String> busy = new HashSet<>();
        for (RestoreTask task : jobs.tasks(jobId, RestoreTask.class)) {
            List<TaskEvent> events = jobs.taskLog(jobId, task.id()).events();
            Predicate<TaskEvent> end = event -> event instanceof TaskEvent.Sealed
                    || event instanceof TaskEvent.Failed
                    || event instanceof TaskEvent.Released;
            if (!events.isEmpty() && !end.test(events.get(events.size() - 1))) {
                events.stream()
                        .filter(TaskEvent.Granted.class::isInstance)
                        .map(event -> ((TaskEvent.Granted) event).worker())
                        .reduce((first, second) -> second)
                        .ifPresent(busy::add);
            }
        }
        return busy;
    }

    @Override
    public void close() {
        store.close();
    }
}
