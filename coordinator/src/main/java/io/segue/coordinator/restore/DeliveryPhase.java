package io.segue.coordinator.restore;

import io.segue.coordinator.dispatch.Destination;
import io.segue.coordinator.dispatch.Dispatch;
import io.segue.coordinator.dispatch.DispatchListener;
import io.segue.coordinator.jobs.JobRefusedException;
import io.segue.coordinator.plan.RestorePlan.TopicPlan;
import io.segue.coordinator.preflight.DeliveryDecision;
import io.segue.coordinator.topics.TargetTopics;
import io.segue.protocol.config.DeliveryMode;
import io.segue.protocol.job.DeliveryChoice;
import io.segue.protocol.job.DeliveryChoice.JournalTopic;
import io.segue.protocol.job.JobEvent.TopicReady;
import io.segue.protocol.job.JobTask;
import io.segue.protocol.job.ProbeTask;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskResult.Probed;
import io.segue.protocol.kafka.KafkaFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses how records get to the target, before anything else is done there: a worker tries on a scratch topic what the
 * target does with fences and transactions. The choice is stored once, and holds for every attempt.
 */
final class DeliveryPhase {
    private static final Map<String, String> JOURNAL_CONFIGS =
            Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");

    private static final int MOST_PARTITIONS = 8;

    private final JobContext context;
    private final TargetTopics topics;

    DeliveryPhase(JobContext context) {
        this.context = context;
        this.topics = new TargetTopics(context.target(), context.limits().time());
    }

    /**
     * The choice of an earlier run, or a new one.
     *
     * @return empty if a stop was asked for before there was an answer
     * @throws JobRefusedException if the target does not allow what was asked for; nothing was written to it
     */
    Optional<DeliveryChoice> choose() throws InterruptedException {
        Optional<DeliveryChoice> before = stored();
        if (before.isPresent()) {
            return before.map(this::withItsTopic);
        }
        List<JobTask> plan = context.jobs().tasks(context.jobId(), JobTask.class);
        DeliveryMode asked = context.file().restore().delivery();
        Optional<ProbeTask> probe = plan.stream()
                .filter(ProbeTask.class::isInstance)
                .map(ProbeTask.class::cast)
                .findFirst();
        if (probe.isEmpty() && asked != DeliveryMode.AT_LEAST_ONCE) {
            return Optional.of(DeliveryChoice.FENCED);
        }
        Answer answer = new Answer(Optional.empty(), "asked for; nothing had to be probed");
        if (probe.isPresent()) {
            answer = probed(probe.get(), plan);
            if (context.limits().stopped().getAsBoolean()) {
                return Optional.empty();
            }
        }
        return Optional.of(decide(asked, plan, answer));
    }

    /** @param unprobed why there is no result */
    private record Answer(Optional<Probed> result, String unprobed) {
        List<String> evidence() {
            return result.map(Probed::evidence).orElse(List.of(unprobed));
        }
    }

    private Answer probed(ProbeTask probe, List<JobTask> plan) throws InterruptedException {
        String scratch = probe.scratch().topic();
        Optional<TopicReady> topic;
        try {
            topic = Optional.of(topic(scratch, 1, Map.of()));
        } catch (KafkaFailure e) {
            return new Answer(
                    Optional.empty(),
                    "not probed, for want of a scratch topic (" + e.getMessage() + "); to have it probed, allow Create,"
                            + " Delete, Describe, Read and Write on topics that begin with " + ProbeTask.PREFIX);
        }
        try {
            return answer(run(probe, plan, topic.get().topicId()));
        } finally {
            delete(scratch);
        }
    }

    private List<TaskEvent> run(ProbeTask probe, List<JobTask> plan, String topicId) throws InterruptedException {
        RunLimits limits = context.limits();
        return new Dispatch(context.jobId(), context.jobs(), limits.workers(), limits.time(), 1, limits.stopped())
                .run(plan, Map.of(probe.id(), new Destination(topicId, 0, -1)), new DispatchListener.Silent())
                .getOrDefault(probe.id(), List.of());
    }

    private Answer answer(List<TaskEvent> events) {
        for (TaskEvent event : events) {
            if (event instanceof TaskEvent.Done done && done.result() instanceof Probed found) {
                return new Answer(Optional.of(found), "");
            }
        }
        if (!context.limits().stopped().getAsBoolean()
                && !events.isEmpty()
                && events.get(events.size() - 1) instanceof TaskEvent.Failed failed) {
            throw new JobRefusedException(
                    "the target was probed before anything is written to it, and refused: " + failed.place() + ": "
                            + failed.message() + "; mend that and resume job " + context.jobId()
                            + ", or start another restore with delivery: at-least-once, which needs neither transactional ids"
                            + " nor a probe");
        }
        return new Answer(Optional.empty(), "not probed");
    }

    private DeliveryChoice decide(DeliveryMode asked, List<JobTask> plan, Answer answer) {
        boolean keepsOffsets =
                plan.stream().anyMatch(task -> task instanceof RestoreTask restore && restore.preserve() != null);
        DeliveryDecision decision = DeliveryDecision.of(asked, answer.result(), keepsOffsets);
        if (decision instanceof DeliveryDecision.Refused refused) {
            throw new JobRefusedException(refused.reason());
        }
        DeliveryMode mode = ((DeliveryDecision.Use) decision).mode();
        JournalTopic journal = mode == DeliveryMode.TRANSACTIONAL ? journal(plan.size()) : null;
        DeliveryChoice choice = new DeliveryChoice(1, mode, answer.evidence(), journal);
        return context.jobs().writeDocumentOnce(context.jobId(), DeliveryChoice.NAME, choice)
                ? choice
                : stored().orElseThrow();
    }

    /** A job that was complete, and is not any more, needs its topic again; what was in it the target's logs tell. */
    private DeliveryChoice withItsTopic(DeliveryChoice choice) {
        JournalTopic journal = choice.journal();
        if (journal == null || context.target().topics(List.of(journal.name())).containsKey(journal.name())) {
            return choice;
        }
        DeliveryChoice renewed = new DeliveryChoice(1, choice.mode(), choice.evidence(), journal(journal.partitions()));
        context.jobs().writeDocument(context.jobId(), DeliveryChoice.NAME, renewed);
        return renewed;
    }

    private JournalTopic journal(int tasks) {
        String name = JournalTopic.PREFIX + context.jobId();
        int partitions = Math.min(MOST_PARTITIONS, tasks);
        return new JournalTopic(name, topic(name, partitions, JOURNAL_CONFIGS).topicId(), partitions);
    }

    private TopicReady topic(String name, int partitions, Map<String, String> configs) {
        return topics.prepare(
                        List.of(new TopicPlan(name, true, partitions, configs, Map.of())),
                        context.file().restore().topics().replicationFactor())
                .get(0);
    }

    /** Deletes what a finished job does not need any more. */
    void cleanUp() {
        stored().map(DeliveryChoice::journal).ifPresent(journal -> delete(journal.name()));
    }

    private void delete(String topic) {
        try {
            context.target().deleteTopic(topic);
        } catch (KafkaFailure e) {
            context.listener()
                    .said("topic " + topic + " is not needed any more and could not be deleted: " + e.getMessage());
        }
    }

    private Optional<DeliveryChoice> stored() {
        return context.jobs().readDocument(context.jobId(), DeliveryChoice.NAME, DeliveryChoice.class);
    }
}
