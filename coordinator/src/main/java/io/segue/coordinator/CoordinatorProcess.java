package io.segue.coordinator;

import io.segue.coordinator.api.ApiServer;
import io.segue.coordinator.fleet.FleetEyes;
import io.segue.coordinator.jobs.StoredJobs;
import io.segue.coordinator.jobs.ViewBoard;
import io.segue.coordinator.lead.Election;
import io.segue.coordinator.restore.RestoreBundles;
import io.segue.protocol.cluster.ClusterNode;
import io.segue.protocol.config.ConfigLoader;
import io.segue.protocol.config.FleetConfig;
import io.segue.protocol.config.FleetConfig.HostPort;
import io.segue.protocol.config.LocalFiles;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.LeaderClaims;
import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.Wake;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.process.FleetProcess;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.Stores;
import io.segue.protocol.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A coordinator of a fleet: what it needs, and the order in which that comes and goes. */
final class CoordinatorProcess implements FleetProcess.Part {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorProcess.class);
    private static final int PATIENCE_SECONDS = 30;

    private final String id;
    private final ObjectStore state;
    private final FleetEyes eyes;
    private final MessageConsumer<String> views;
    private final ApiServer api;
    private final Election election;

    private CoordinatorProcess(
            String id,
            ObjectStore state,
            FleetEyes eyes,
            MessageConsumer<String> views,
            ApiServer api,
            Election election) {
        this.id = id;
        this.state = state;
        this.eyes = eyes;
        this.views = views;
        this.api = api;
        this.election = election;
    }

    /**
     * Answers the API, and leads or stands by.
     *
     * @param state closed with the process
     * @throws io.segue.protocol.store.StoreException if the state cannot be read and written until a person acts
     * @throws IllegalStateException if the address of {@code coordinator.api} cannot be had
     */
    static CoordinatorProcess start(
            ClusterNode node, FleetConfig.Coordinator coordinator, ObjectStore state, Map<String, String> environment)
            throws InterruptedException {
        StateProbe.check(state, coordinator.id());
        Vertx vertx = node.vertx();
        Time time = Time.system();
        JobStore jobs = new JobStore(state);
        LeaderClaims claims = jobs.leaderClaims();
        ViewBoard board = new ViewBoard(time);
        MessageConsumer<String> views = vertx.eventBus()
                .consumer(Messages.JOBS, message -> board.hear(Messages.read(message.body(), JobView.class)));
        FleetEyes eyes = new FleetEyes(vertx, coordinator.id(), time, claims, () -> node.members() > 0);
        StoredJobs port = new StoredJobs(
                jobs,
                ConfigLoader.ofSubmissions(environment, LocalFiles.ofThisMachine()),
                new RestoreBundles(jobs, new ConfigLoader(environment), new Stores(environment)::open),
                time,
                board,
                eyes,
                jobId -> vertx.eventBus().publish(Messages.WAKE, Messages.write(new Wake(jobId))));
        String host = coordinator.api().host();
        ApiServer api = await(
                ApiServer.start(vertx, port, host, coordinator.api().port()),
                "the API cannot be served on " + coordinator.api());
        String url = "http://" + new HostPort(host, api.port());
        Election election = new Election(
                vertx,
                claims,
                time,
                coordinator.id(),
                url,
                (claim, superseded) -> new LeaderTerm(vertx, state, environment, eyes, claim, superseded));
        LOG.info("event=started coordinator={} api={} state={}", coordinator.id(), url, state.describe());
        return new CoordinatorProcess(coordinator.id(), state, eyes, views, api, election);
    }

    private static <T> T await(Future<T> future, String trouble) throws InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            String why = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
            throw new IllegalStateException(trouble + why, e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(trouble + " within " + PATIENCE_SECONDS + " s", e);
        }
    }

    /** Nothing runs here that anybody would miss: the jobs are the fleet's. */
    @Override
    public boolean leave() {
        LOG.info("event=stopping coordinator={}", id);
        return true;
    }

    /** Steps down, if it leads: jobs go on with the next leader. */
    @Override
    public void close() {
        election.close();
        try {
            await(api.close(), "the API did not close");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.warn("event=api-not-closed {}", e.getMessage());
        }
        views.unregister();
        eyes.close();
        state.close();
    }
}
