package io.segue.coordinator;

import io.segue.coordinator.backup.BackupKind;
import io.segue.coordinator.check.CheckKind;
import io.segue.coordinator.fleet.EventBusWorkers;
import io.segue.coordinator.fleet.FleetEyes;
import io.segue.coordinator.fleet.FleetView;
import io.segue.coordinator.fleet.LeaderBeacon;
import io.segue.coordinator.fleet.StorePreflight;
import io.segue.coordinator.jobs.JobMeans;
import io.segue.coordinator.jobs.JobRunner;
import io.segue.coordinator.jobs.Term;
import io.segue.coordinator.lead.Election;
import io.segue.coordinator.restore.RestoreKind;
import io.segue.coordinator.scan.ScanKind;
import io.segue.coordinator.verification.VerificationKind;
import io.segue.protocol.config.ConfigLoader;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.LeaderClaim;
import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.LeaderBeat;
import io.segue.protocol.job.message.Messages.SeeStore;
import io.segue.protocol.job.message.Messages.SeenStore;
import io.segue.protocol.job.message.Messages.Wake;
import io.segue.protocol.kafka.vertx.VertxKafkaCluster;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.Stores;
import io.segue.protocol.time.Time;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What a coordinator does while it leads: shows itself, answers the workers, brings the jobs on. */
final class LeaderTerm implements Election.Term {
    /** Beyond it the slots of the workers are the limit. */
    private static final int ATTEMPTS_OF_A_JOB = 10_000;

    private static final long ANSWER_MS = 5_000;
    private static final long LOOKOUT_MS = 500;

    private final EventBusWorkers workers;
    private final LeaderBeacon beacon;
    private final ScheduledExecutorService lookout =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "workers-lookout"));
    private final JobRunner runner;
    private final MessageConsumer<String> wakes;

    LeaderTerm(
            Vertx vertx,
            ObjectStore state,
            Map<String, String> environment,
            FleetEyes eyes,
            LeaderClaim claim,
            Runnable superseded) {
        Time time = Time.system();
        JobStore jobs = new JobStore(state);
        FleetView view = FleetView.ofFleet(time, claim.epoch(), eyes::expired);
        workers = new EventBusWorkers(vertx, claim.coordinator(), view);
        JobMeans means = new JobMeans(
                jobs,
                new ConfigLoader(environment),
                new Stores(environment)::open,
                connection -> new VertxKafkaCluster(vertx, connection),
                workers,
                time,
                ATTEMPTS_OF_A_JOB);
        StorePreflight preflight = new StorePreflight(
                state, view, (workerId, question) -> see(vertx, Messages.seeAddress(workerId), question));
        Term term = new Term(
                jobs,
                Term.kinds(
                        new RestoreKind(means),
                        new BackupKind(means),
                        new CheckKind(means),
                        new ScanKind(means),
                        new VerificationKind(means)),
                claim.epoch(),
                claim.coordinator(),
                time,
                preflight::look);
        beacon = new LeaderBeacon(
                vertx, () -> new LeaderBeat(claim.epoch(), claim.coordinator(), claim.api(), view.leftOut()));
        ScheduledFuture<?> unused = lookout.scheduleWithFixedDelay(
                preflight::lookAtNewcomers, LOOKOUT_MS, LOOKOUT_MS, TimeUnit.MILLISECONDS);
        runner = new JobRunner(term, job -> vertx.eventBus().publish(Messages.JOBS, Messages.write(job)), superseded);
        wakes = vertx.eventBus().consumer(Messages.WAKE, message -> {
            Messages.read(message.body(), Wake.class);
            runner.wake();
        });
    }

    private static CompletableFuture<SeenStore> see(Vertx vertx, String address, SeeStore question) {
        return vertx.eventBus()
                .<String>request(address, Messages.write(question), new DeliveryOptions().setSendTimeout(ANSWER_MS))
                .map(reply -> Messages.read(reply.body(), SeenStore.class))
                .toCompletionStage()
                .toCompletableFuture();
    }

    @Override
    public void close() {
        beacon.close();
        lookout.shutdownNow();
        wakes.unregister();
        runner.close();
        workers.close();
    }
}
