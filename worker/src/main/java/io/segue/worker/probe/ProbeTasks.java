package io.segue.worker.probe;

import io.segue.protocol.job.ProbeTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.time.Time;
import io.segue.worker.append.TargetFailure;
import io.segue.worker.append.TargetPartition;
import io.segue.worker.append.wire.KafkaTargetPartition;
import io.segue.worker.append.wire.ScratchTransactions;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.task.Attempt;
import io.segue.worker.task.TaskRunner;

/** Runs probes. */
public final class ProbeTasks implements TaskRunner<ProbeTask> {
    private final String workerId;
    private final Time time;

    /** @param workerId for the client ids that brokers see */
    public ProbeTasks(String workerId, Time time) {
        this.workerId = workerId;
        this.time = time;
    }

    @Override
    public TaskEvent run(ProbeTask task, Attempt attempt) throws AttemptOver {
        var grant = attempt.journal().grant();
        String clientId = workerId + "-probe-" + grant.attempt();
        try (TargetPartition scratch = new KafkaTargetPartition(
                        attempt.job().target(), task.scratch(), grant.topicId(), time, clientId, () -> true);
                ScratchTransactions transactions = new ScratchTransactions(
                        attempt.job().target(), task.scratch(), grant.topicId(), time, clientId)) {
            return new TaskEvent.Done(grant.attempt(), Probe.of(scratch, transactions::tried));
        } catch (TargetFailure e) {
            throw new AttemptOver.Broken(
                    task.scratch().toString(),
                    e.getMessage() + "; transactional ids that begin with segue- need Write and Describe",
                    e.retryable());
        }
    }
}
