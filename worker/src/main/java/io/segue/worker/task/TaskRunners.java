package io.segue.worker.task;

import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.worker.lease.AttemptOver;
import java.util.HashMap;
import java.util.Map;

/** The runner of each kind of task that this process knows. */
public final class TaskRunners {
    private final Map<Class<?>, Bound<?>> runners;

    private record Bound<T extends JobTask>(Class<T> kind, TaskRunner<T> runner) {
        TaskEvent run(JobTask task, Attempt attempt) throws AttemptOver, InterruptedException {
            return runner.run(kind.cast(task), attempt);
        }
    }

    private TaskRunners(Map<Class<?>, Bound<?>> runners) {
        this.runners = Map.copyOf(runners);
    }

    /** None yet. */
    public static TaskRunners none() {
        return new TaskRunners(Map.of());
    }

    /** These and one more. */
    public <T extends JobTask> TaskRunners with(Class<T> kind, TaskRunner<T> runner) {
        Map<Class<?>, Bound<?>> more = new HashMap<>(runners);
        more.put(kind, new Bound<>(kind, runner));
        return new TaskRunners(more);
    }

    TaskEvent run(JobTask task, Attempt attempt) throws AttemptOver, InterruptedException {
        Bound<?> bound = runners.get(task.getClass());
        if (bound == null) {
            throw new AttemptOver.Broken(
                    task.id(),
                    "this worker does not know tasks of kind " + task.getClass().getSimpleName()
                            + "; start the same release everywhere",
                    true);
        }
        return bound.run(task, attempt);
    }
}
