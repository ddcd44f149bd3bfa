package io.segue.cli.engine;

import io.segue.coordinator.dispatch.Workers;
import io.segue.coordinator.fleet.EventBusWorkers;
import io.segue.coordinator.fleet.FleetView;
import io.segue.coordinator.fleet.LeaderBeacon;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.JobConfig.Mode;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.message.Messages.LeaderBeat;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.vertx.VertxKafkaCluster;
import io.segue.protocol.store.FileStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.PrefixedStore;
import io.segue.protocol.store.Stores;
import io.segue.protocol.time.Time;
import io.segue.worker.EveryTask;
import io.segue.worker.agent.WorkerAgent;
import io.segue.worker.append.AppendSteps;
import io.segue.worker.jobs.JobAccess;
import io.segue.worker.jobs.OpenJobs;
import io.segue.worker.restore.SegmentStore;
import io.segue.worker.task.Attempts;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A coordinator's side and one worker in this process, on an event bus of their own, with the stores and the cluster that
 * one job needs.
 */
public final class EmbeddedFleet implements AutoCloseable {
    private static final String ID = "embedded";

    private final Vertx vertx;
    private final Optional<ObjectStore> backup;
    private final ObjectStore state;
    private final Optional<KafkaCluster> cluster;
    private final SegmentStore segments;
    private final OpenJobs open;
    private final EventBusWorkers workers;
    private final WorkerAgent worker;
    private final LeaderBeacon beacon;

    /**
     * @param access what the job has to reach; of two clusters the target
     * @param state of jobs; closed with this
     * @param slots tasks at a time
     */
    public EmbeddedFleet(
            JobAccess access, ObjectStore state, int slots, Stores stores, Spool spool, AppendSteps steps) {
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        this.backup = access.storage().map(stores::open);
        this.state = state;
        this.cluster = access.target().or(access::source).map(connection -> new VertxKafkaCluster(vertx, connection));
        this.segments = new SegmentStore(spool.directory(), 2 * slots, Time.system());
        this.open = new OpenJobs(jobs(), jobId -> access, stores::open);
        FleetView view = FleetView.embedded(Time.system());
        this.workers = new EventBusWorkers(vertx, ID, view);
        this.worker = new WorkerAgent(
                vertx,
                ID,
                slots,
                new Attempts(
                        ID,
                        open,
                        EveryTask.runners(vertx, ID, segments, spool.directory(), steps),
                        Time.system(),
                        end -> steps.reached(AppendSteps.Step.AFTER_SEAL)),
                Time.system());
        this.beacon = new LeaderBeacon(vertx, () -> new LeaderBeat(view.epoch(), ID, ""));
    }

    /** For a backup or a restore, as its configuration says. */
    public static EmbeddedFleet of(JobConfig config, Stores stores, Spool spool, AppendSteps steps) {
        JobAccess all = JobAccess.of(config);
        boolean backup = config.mode() == Mode.BACKUP;
        JobAccess access = new JobAccess(
                all.storage(),
                all.source().filter(connection -> backup),
                all.target().filter(connection -> !backup));
        int slots = backup
                ? config.backup().maxConcurrentPartitions()
                : config.restore().maxConcurrentPartitions();
        return new EmbeddedFleet(access, state(config, stores), slots, stores, spool, steps);
    }

    /** Where the state of jobs of this process is; closed by the caller. */
    public static ObjectStore state(JobConfig config, Stores stores) {
        return config.state().isPresent()
                ? stores.open(config.state().get())
                : new PrefixedStore(stores.open(config.storage()), "segue");
    }

    /** For a job whose state goes when it ends: it changes nothing, and can be run again. */
    public static EmbeddedFleet unkept(JobAccess access, int slots, Stores stores, Spool spool) {
        Path state = spool.directory().resolve("state");
        try {
            Files.createDirectory(state);
        } catch (IOException e) {
            throw new UncheckedIOException("no directory " + state + " can be made: " + e.getMessage(), e);
        }
        return new EmbeddedFleet(access, new FileStore(state), slots, stores, spool, step -> {});
    }

    /** The storage of the backup. */
    public ObjectStore backup() {
        return backup.orElseThrow(() -> new IllegalStateException("the job has no backup"));
    }

    /** Its segments, as this process's worker reads them. */
    public SegmentStore segments() {
        return segments;
    }

    public JobStore jobs() {
        return new JobStore(state);
    }

    public ObjectStore state() {
        return state;
    }

    /** The source of a backup, the target of everything else. */
    public KafkaCluster cluster() {
        return cluster.orElseThrow(() -> new IllegalStateException("the job has no cluster"));
    }

    public Workers workers() {
        return workers;
    }

    @Override
    public void close() {
        beacon.close();
        worker.close();
        workers.close();
        open.close();
        segments.close();
        cluster.ifPresent(KafkaCluster::close);
        backup.ifPresent(ObjectStore::close);
        state.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the event bus did not close", e);
        }
    }
}
