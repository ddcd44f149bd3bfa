package io.segue.protocol.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.segue.protocol.config.FleetConfig;
import io.segue.protocol.config.PrivateAddress;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** This process as a member of the fleet's cluster. */
public final class ClusterNode implements AutoCloseable {
    private static final int JOIN_SECONDS = 60;
    private static final int LEAVE_SECONDS = 20;

    private final Vertx vertx;
    private final HazelcastInstance member;

    private ClusterNode(Vertx vertx, HazelcastInstance member) {
        this.vertx = vertx;
        this.member = member;
    }

    /**
     * Joins, or begins a cluster if none of the members is there yet. Blocks until then.
     *
     * @throws NotJoinedException if the interface is not a private one, or the port is taken
     * @throws InterruptedException if the thread is interrupted
     */
    public static ClusterNode join(FleetConfig.Cluster cluster) throws InterruptedException {
        InetAddress host = resolve(cluster.host());
        HazelcastClusterManager manager = new HazelcastClusterManager(MemberConfig.of(cluster, host));
        EventBusOptions bus =
                new EventBusOptions().setHost(host.getHostAddress()).setPort(cluster.eventBusPort());
        Vertx vertx = await(
                Vertx.builder()
                        .with(new VertxOptions().setEventBusOptions(bus))
                        .withClusterManager(manager)
                        .buildClustered()
                        .toCompletionStage()
                        .toCompletableFuture(),
                JOIN_SECONDS,
                "member " + cluster.host() + ":" + cluster.port() + " could not join cluster '" + cluster.name() + "'");
        return new ClusterNode(vertx, manager.getHazelcastInstance());
    }

    private static InetAddress resolve(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            Optional<String> complaint = PrivateAddress.complaint(address);
            if (complaint.isPresent()) {
                throw new NotJoinedException(
                        "cluster.host " + host + " (" + address.getHostAddress() + ") " + complaint.get()
                                + "; whoever reaches a member's port can join: write a private or loopback address",
                        null);
            }
            return address;
        } catch (UnknownHostException e) {
            throw new NotJoinedException("cluster.host " + host + " has no address: correct it, or write one", e);
        }
    }

    private static <T> T await(Future<T> future, int seconds, String trouble) throws InterruptedException {
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new NotJoinedException(trouble + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new NotJoinedException(trouble + " within " + seconds + " s", e);
        }
    }

    /** The clustered event bus and its threads. */
    public Vertx vertx() {
        return vertx;
    }

    /** Processes that are members now, this one included; 0 once it has left. */
    public int members() {
        return member.getLifecycleService().isRunning()
                ? member.getCluster().getMembers().size()
                : 0;
    }

    /** Leaves the cluster in good order. */
    @Override
    public void close() {
        try {
            await(vertx.close().toCompletionStage().toCompletableFuture(), LEAVE_SECONDS, "the cluster was not left");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The process is not a member; the message says why and what to do. */
    public static final class NotJoinedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotJoinedException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
