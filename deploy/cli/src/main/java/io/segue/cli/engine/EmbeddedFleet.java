package io.segue.cli.engine;

import io.segue.coordinator.dispatch.Workers;
import io.segue.coordinator.fleet.EventBusWorkers;
import io.segue.coordinator.fleet.FleetView;
import io.segue.coordinator.fleet.LeaderBeacon;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.message.Messages.LeaderBeat;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.vertx.VertxKafkaCluster;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.PrefixedStore;
import io.segue.protocol.store.Stores;
import io.segue.protocol.time.Time;
import io.segue.worker.agent.WorkerAgent;
import io.segue.worker.append.AppendSteps;
import io.segue.worker.jobs.OpenJobs;
import io.segue.worker.restore.RestoreTasks;
import io.segue.worker.restore.SegmentStore;
import io.segue.worker.task.Attempts;
import io.segue.worker.task.TaskRunners;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A leader and a worker in this process, their event bus, and the stores and the cluster that a restore needs. */
public final class EmbeddedFleet implements AutoCloseable {
    private static final String COORDINATOR = "embedded";
    private static final String WORKER = "embedded";

    private final Vertx vertx;
    private final ObjectStore backup;
    private final ObjectStore state;
    private final KafkaCluster target;
    private final SegmentStore segments;
    private final OpenJobs open;
    private final EventBusWorkers workers;
    private final WorkerAgent worker;
    private final LeaderBeacon beacon;

    /** @param config of mode restore, with a target */
    public EmbeddedFleet(JobConfig config, KafkaConnection connection, Stores stores, AppendSteps steps) {
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        this.backup = stores.open(config.storage());
        this.state = config.state().isPresent()
                ? stores.open(config.state().get())
                : new PrefixedStore(stores.open(config.storage()), "segue");
        this.target = new VertxKafkaCluster(vertx, connection);
        int slots = config.restore().maxConcurrentPartitions();
        this.segments = new SegmentStore(Path.of(System.getProperty("java.io.tmpdir"), "segue-spool"), 2 * slots);
        this.open = new OpenJobs(jobs(), jobId -> config, stores::open);
        TaskRunners runners =
                TaskRunners.none().with(RestoreTask.class, new RestoreTasks(WORKER, segments, Time.system(), steps));
        FleetView view = FleetView.embedded(Time.system());
        this.workers = new EventBusWorkers(vertx, COORDINATOR, view);
        this.worker = new WorkerAgent(
                vertx,
                WORKER,
                slots,
                new Attempts(WORKER, open, runners, Time.system(), end -> steps.reached(AppendSteps.Step.AFTER_SEAL)),
                Time.system());
        this.beacon = new LeaderBeacon(vertx, new LeaderBeat(view.epoch(), COORDINATOR, ""));
    }

    public ObjectStore backup() {
        return backup;
    }

    public JobStore jobs() {
        return new JobStore(state);
    }

    public ObjectStore state() {
        return state;
    }

    public KafkaCluster target() {
        return target;
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
        target.close();
        backup.close();
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
