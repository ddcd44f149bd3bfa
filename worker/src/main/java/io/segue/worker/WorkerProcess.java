package io.segue.worker;

import io.segue.protocol.config.FleetConfig;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.LeaderClaim;
import io.segue.protocol.process.FleetProcess;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.Stores;
import io.segue.protocol.time.Time;
import io.segue.worker.agent.StoreSight;
import io.segue.worker.agent.WorkerAgent;
import io.segue.worker.append.AppendSteps;
import io.segue.worker.append.CrashPoint;
import io.segue.worker.http.StatusServer;
import io.segue.worker.jobs.JobConfigs;
import io.segue.worker.jobs.OpenJobs;
import io.segue.worker.restore.SegmentStore;
import io.segue.worker.task.Attempts;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker of a fleet: what it needs, and the order in which that comes and goes. */
final class WorkerProcess implements FleetProcess.Part {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
    /** Longer than a batch, an attach and a put take together when all is well. */
    private static final Duration HAND_OVER = Duration.ofSeconds(60);

    private static final int MOST_FETCHES = 32;

    private final ObjectStore state;
    private final SegmentStore segments;
    private final OpenJobs jobs;
    private final WorkerAgent agent;
    private final StoreSight sight;
    private final StatusServer status;

    private WorkerProcess(
            ObjectStore state,
            SegmentStore segments,
            OpenJobs jobs,
            WorkerAgent agent,
            StoreSight sight,
            StatusServer status) {
        this.state = state;
        this.segments = segments;
        this.jobs = jobs;
        this.agent = agent;
        this.sight = sight;
        this.status = status;
    }

    /**
     * Starts working, as a member that {@code vertx} belongs to.
     *
     * @throws io.segue.protocol.store.StoreException if the durable state cannot be read
     * @throws IllegalStateException if the address of {@code worker.http} cannot be had, or the heap does not carry the
     *     slots
     */
    static WorkerProcess start(
            Vertx vertx, FleetConfig.Worker worker, ObjectStore state, Map<String, String> environment)
            throws InterruptedException {
        SlotsOfHeap.complaint(worker.slots(), Runtime.getRuntime().maxMemory()).ifPresent(complaint -> {
            throw new IllegalStateException(complaint);
        });
        JobStore jobStore = new JobStore(state);
        int epoch = jobStore.leaderClaims().newest().map(LeaderClaim::epoch).orElse(0);
        Path spool = Spool.own(worker.spool(), worker.id());
        AppendSteps steps = CrashPoint.parse(environment.getOrDefault(CrashPoint.VARIABLE, ""));
        SegmentStore segments = new SegmentStore(spool, Math.min(2 * worker.slots(), MOST_FETCHES), Time.system());
        OpenJobs jobs =
                new OpenJobs(jobStore, JobConfigs.submitted(jobStore, environment), new Stores(environment)::open);
        Attempts attempts = new Attempts(
                worker.id(),
                jobs,
                EveryTask.runners(vertx, worker.id(), segments, spool, steps),
                Time.system(),
                end -> steps.reached(AppendSteps.Step.AFTER_SEAL));
        WorkerAgent agent = new WorkerAgent(vertx, worker.id(), worker.slots(), attempts, Time.system());
        agent.heardOf(epoch);
        StatusServer status = serve(vertx, worker.http(), agent);
        LOG.info(
                "event=started worker={} slots={} http={}:{} state={} spool={}",
                worker.id(),
                worker.slots(),
                worker.http().host(),
                status.port(),
                state.describe(),
                spool);
        return new WorkerProcess(state, segments, jobs, agent, new StoreSight(vertx, worker.id(), state), status);
    }

    /** Last of all, so that who is asked is there; a worker that cannot be asked does not stay. */
    private static StatusServer serve(Vertx vertx, FleetConfig.HostPort http, WorkerAgent agent)
            throws InterruptedException {
        try {
            return StatusServer.start(vertx, http.host(), http.port(), agent);
        } catch (IllegalStateException e) {
            agent.close();
            throw e;
        }
    }

    int httpPort() {
        return status.port();
    }

    /**
     * Takes no more orders and hands over what runs.
     *
     * @return false if something still runs after a minute
     */
    @Override
    public boolean leave() throws InterruptedException {
        agent.drain();
        return agent.awaitIdle(HAND_OVER);
    }

    @Override
    public void close() {
        agent.close();
        sight.close();
        status.close();
        jobs.close();
        segments.close();
        state.close();
    }
}
